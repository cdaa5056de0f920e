import { Injectable } from '@nestjs/common';
import { markDirty } from '../../db/dirty-accounts.js';
import { isoOf, isoOrNull } from '../../domain/calendar/day.js';
import type { SubscriptionFields } from '../../domain/deals/subscription-change.js';
import type { FactRow } from '../../domain/values/fact-rows.js';
import { deriveDates } from '../../intake/facts/accounts.repository.js';
import { storeFacts } from '../../intake/facts/store-facts.js';
import { Conflict, InvalidInput, NotFound } from '../../platform/errors/app-error.js';
import type { Editing, Person } from '../../records/accounts/account-editing.js';
import { type StoredSubscription, SubscriptionsRepository } from './subscriptions.repository.js';

/** Writes facts that people keep by hand: through the store of facts as a person’s word, so that all follows as with any feed. */
@Injectable()
export class HandKept {
  constructor(private readonly repository: SubscriptionsRepository) {}

  /** `known`: what stands there; the new word is never older than it, whatever the clock says. */
  async store(
    { tx, at }: Editing,
    person: Person,
    fact: FactRow,
    known: { observedAt: Date; receivedAt: Date } | null,
  ): Promise<void> {
    const notBefore = (time: Date | undefined) => (time !== undefined && time > at ? time : at);
    const { outcomes } = await storeFacts(tx, [fact], {
      sourceKey: 'person',
      observedAt: notBefore(known?.observedAt),
      receivedAt: notBefore(known?.receivedAt),
      byPerson: true,
      accountsMustExist: true,
      actor: { kind: 'user', id: person.user.id, name: person.user.fullName },
    });
    const [outcome] = outcomes;
    if (outcome?.status === 'rejected') throw new InvalidInput(outcome.rejection.message, [], outcome.rejection.code);
    if (outcome?.status === 'quarantined') throw new NotFound('account');
  }

  async storeSubscription(
    editing: Editing,
    person: Person,
    id: string,
    fields: SubscriptionFields,
    known: StoredSubscription | null,
  ): Promise<number> {
    const { tx, account } = editing;
    const { mrrMinor, currency, plan, quantity, seatBased, start, end, termMonths, autoRenew } = fields;
    const fact: FactRow = {
      kind: 'subscription',
      account: { via: 'externalId', id: await this.repository.externalIdOf(tx, account.id) },
      id,
      plan,
      quantity,
      seatBased,
      mrr: mrrMinor === null || currency === null ? null : { amountMinor: mrrMinor, currency },
      start: isoOf(start),
      end: isoOrNull(end),
      termMonths,
      autoRenew,
    };
    await this.store(editing, person, fact, known);
    const revision = (known?.revision ?? 0) + 1;
    await this.repository.markByHand(tx, account.id, id, revision);
    return revision;
  }

  async removeSubscription({ tx, account, at }: Editing, { id, start }: StoredSubscription): Promise<void> {
    await this.repository.remove(tx, account.id, id);
    await deriveDates(tx, [account.id], at);
    await markDirty(tx, new Map([[account.id, isoOf(start)]]), at);
  }

  /** Held, if it is there and a person’s to change. */
  async mineIfAny({ tx, account }: Editing, id: string): Promise<StoredSubscription | null> {
    const found = await this.repository.held(tx, account.id, id);
    return found?.keptByHand ? found : null;
  }

  /** Held, and a person’s to change. */
  async mine({ tx, account }: Editing, id: string, path: string | null): Promise<StoredSubscription> {
    const found = await this.repository.held(tx, account.id, id);
    if (found === null) {
      if (path === null) throw new NotFound('subscription');
      const message = `The account has no subscription "${id}".`;
      throw new InvalidInput(message, [{ path, code: 'UNKNOWN_SUBSCRIPTION', message }], 'UNKNOWN_SUBSCRIPTION');
    }
    if (found.keptByHand) return found;
    const message = 'This subscription comes from an import or the API: change it there.';
    throw new Conflict('SUBSCRIPTION_FROM_SOURCE', message, path === null ? [] : [{ path, message }]);
  }
}
