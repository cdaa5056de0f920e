import { Injectable } from '@nestjs/common';
import type {
  CreateDeal,
  Deal,
  DealEventKind,
  LoseDeal,
  SubscriptionChange,
  UpdateDeal,
  WinDeal,
} from '@steward/shared/deals';
import { v7 as uuidv7 } from 'uuid';
import { toDay } from '../../domain/calendar/day.js';
import {
  type DealEdit,
  type DealFields,
  type DealRefusal,
  type DealStep,
  step,
  undoableStep,
} from '../../domain/deals/deal.js';
import { type ChangeRefusal, changedSubscription } from '../../domain/deals/subscription-change.js';
import type { FactRow } from '../../domain/values/fact-rows.js';
import { type Changes, changesBetween, changesOfNew } from '../../platform/audit/changes.js';
import { Conflict, InvalidInput, NotFound, RevisionMoved } from '../../platform/errors/app-error.js';
import { AccountEditing, type Editing, type Person } from '../../records/accounts/account-editing.js';
import { DealFieldsCheck } from './deal-fields-check.service.js';
import { DealWritesRepository, type StoredDeal } from './deal-writes.repository.js';
import { DealsRepository } from './deals.repository.js';
import { DealsService } from './deals.service.js';
import { HandKept } from './hand-kept.service.js';
import type { StoredSubscription } from './subscriptions.repository.js';

const MOST_OF_ACCOUNT = 500;

const REFUSALS: Record<DealRefusal, string> = {
  DEAL_ENDED: 'This deal has been won or lost: reopen it to change it.',
  DEAL_OPEN: 'This deal is open.',
  DAY_IN_FUTURE: 'A deal is won or lost today at the latest.',
};

const CHANGE_REFUSALS: Record<ChangeRefusal, string> = {
  DAY_OUTSIDE_SUBSCRIPTION: 'The change begins on a day of the subscription, today at the latest.',
  OPEN_ENDED: 'This subscription has no end that a term could follow.',
  END_BEFORE_START: 'The next term would end before it begins.',
};

/** A subscription that winning changed or made, and its revision then. */
interface Touched {
  id: string;
  revision: number;
}
interface Before extends DealFields {
  revision: number;
  keptByHand: boolean;
  /** Those that were changed, as they were. */
  subscriptions?: StoredSubscription[];
}
interface Details {
  revision: number;
  undoes?: string;
  /** Subscriptions that were changed and made. */
  made?: { changed: Touched | null; made: Touched | null };
  [what: string]: unknown;
}

/** What people do with deals. */
@Injectable()
export class DealSteps {
  constructor(
    private readonly editing: AccountEditing,
    private readonly writes: DealWritesRepository,
    private readonly repository: DealsRepository,
    private readonly deals: DealsService,
    private readonly check: DealFieldsCheck,
    private readonly handKept: HandKept,
  ) {}

  create(person: Person, accountId: string, given: CreateDeal): Promise<Deal> {
    return this.editing.edit(person, accountId, async (editing) => {
      const { tx, day } = editing;
      if ((await this.writes.count(tx, accountId)) >= MOST_OF_ACCOUNT) {
        throw new Conflict('TOO_MANY_DEALS', `An account has at most ${MOST_OF_ACCOUNT} deals.`);
      }
      const id = uuidv7();
      const fields: DealFields = {
        ...(await this.check.ofNew(editing, person, given)),
        state: 'open',
        endedOn: null,
        reason: null,
        openedOn: day,
      };
      await this.save(editing, person, id, fields, { known: null, keptByHand: true, revision: 1 });
      await this.note(editing, person, id, 'created', null, { revision: 1 });
      return {
        result: await this.deals.one(tx, accountId, id),
        action: 'deal.created',
        changes: changesOfNew({ id, ...given }),
      };
    });
  }

  update(person: Person, accountId: string, id: string, { revision, ...wanted }: UpdateDeal): Promise<Deal> {
    return this.change(person, accountId, id, revision, async (editing, deal) => {
      const fields: DealEdit = await this.check.ofEdit(editing, deal, wanted);
      return { step: { kind: 'edit', fields } };
    });
  }

  win(person: Person, accountId: string, id: string, { revision, on, reason, change }: WinDeal): Promise<Deal> {
    return this.change(person, accountId, id, revision, async () => ({ step: { kind: 'win', on, reason }, change }));
  }

  lose(person: Person, accountId: string, id: string, { revision, on, reason }: LoseDeal): Promise<Deal> {
    return this.change(person, accountId, id, revision, async () => ({ step: { kind: 'lose', on, reason } }));
  }

  reopen(person: Person, accountId: string, id: string, revision: number): Promise<Deal> {
    return this.change(person, accountId, id, revision, async () => ({ step: { kind: 'reopen' } }));
  }

  /** Answers the revision with which the deletion is taken back. */
  remove(person: Person, accountId: string, id: string, revision: number): Promise<{ revision: number }> {
    return this.editing.edit(person, accountId, async (editing) => {
      const deal = await this.held(editing, id, revision);
      if (!deal.keptByHand) {
        throw new Conflict(
          'FROM_SOURCE',
          'This deal comes from an import or the API: it would come again. Delete it there.',
        );
      }
      await this.writes.remove(editing.tx, accountId, id);
      const after = deal.revision + 1;
      await this.note(editing, person, id, 'deleted', beforeOf(deal), { revision: after, name: deal.name });
      const changes = { id: { from: id, to: null }, name: { from: deal.name, to: null } };
      return { result: { revision: after }, action: 'deal.deleted', changes };
    });
  }

  undo(person: Person, accountId: string, id: string, revision: number): Promise<Deal> {
    return this.editing.edit(person, accountId, async (editing) => {
      const { tx } = editing;
      const deal = await this.writes.held(tx, accountId, id);
      const steps = await this.repository.steps(tx, [{ accountId, id }]);
      if (deal === null && steps.length === 0) throw new NotFound('deal');
      const last = undoableStep(steps, deal?.revision ?? null);
      const now = deal?.revision ?? steps[0]?.revisionAfter ?? 0;
      if (now !== revision) throw new RevisionMoved('deal');
      if (last === null || (deal === null) !== (last.kind === 'deleted')) throw nothingToUndo();
      const { before, details } = await this.writes.event<Before, Details>(tx, accountId, last.id);
      await this.restoreSubscriptions(editing, person, before, details);
      const after = now + 1;
      const { keptByHand, revision: _revision, subscriptions: _subscriptions, ...fields } = before;
      await this.save(editing, person, id, fields, { known: deal, keptByHand, revision: after });
      await this.note(editing, person, id, 'undone', null, { revision: after, undoes: last.id, kind: last.kind });
      const changes = deal === null ? { id: { from: null, to: id } } : changesBetween(deal, fields);
      return { result: await this.deals.one(tx, accountId, id), action: 'deal.undone', changes };
    });
  }

  /** One step of a deal: held, decided, saved, noted. A step that changes nothing leaves nothing behind. */
  private change(
    person: Person,
    accountId: string,
    id: string,
    revision: number,
    ask: (editing: Editing, deal: StoredDeal) => Promise<{ step: DealStep; change?: SubscriptionChange | null }>,
  ): Promise<Deal> {
    return this.editing.edit(person, accountId, async (editing) => {
      const deal = await this.held(editing, id, revision);
      const asked = await ask(editing, deal);
      const stepped = step(deal, asked.step, editing.day);
      if (stepped.kind === 'refused') throw refusal(stepped.why, asked.step);
      const { change, event } = stepped;
      const changes: Changes = changesBetween(deal, change);
      if (Object.keys(changes).length === 0) {
        return { result: await this.deals.one(editing.tx, accountId, id), action: null, changes };
      }
      const billed = asked.change ? await this.changeSubscription(editing, person, asked.change) : null;
      const after = deal.revision + 1;
      const { keptByHand } = deal;
      await this.save(editing, person, id, { ...deal, ...change }, { known: deal, keptByHand, revision: after });
      const before = { ...beforeOf(deal), ...(billed?.was ? { subscriptions: [billed.was] } : {}) };
      const made =
        billed === null ? {} : { made: { changed: billed.changed, made: billed.made }, change: asked.change };
      await this.note(editing, person, id, event, before, { revision: after, ...changes, ...made });
      return { result: await this.deals.one(editing.tx, accountId, id), action: `deal.${event}`, changes };
    });
  }

  private async held({ tx, account }: Editing, id: string, revision: number): Promise<StoredDeal> {
    const deal = await this.writes.held(tx, account.id, id);
    if (deal === null) throw new NotFound('deal');
    if (deal.revision !== revision) throw new RevisionMoved('deal');
    return deal;
  }

  private async save(
    editing: Editing,
    person: Person,
    id: string,
    fields: DealFields,
    { known, keptByHand, revision }: { known: StoredDeal | null; keptByHand: boolean; revision: number },
  ): Promise<void> {
    const { tx, account } = editing;
    const { amountMinor, currency, ownerUserId, goalId } = fields;
    const sameOwner = known !== null && known.ownerUserId === ownerUserId;
    const email = ownerUserId === null ? null : await this.writes.emailOf(tx, ownerUserId);
    const fact: FactRow = {
      kind: 'deal',
      account: { via: 'externalId', id: await this.check.externalIdOf(tx, account.id) },
      id,
      deal: fields.kind,
      name: fields.name,
      stage: fields.stage,
      amount: amountMinor === null || currency === null ? null : { amountMinor, currency },
      probability: fields.probability,
      openedOn: fields.openedOn,
      closeDate: fields.closeOn,
      owner: (sameOwner ? known.ownerText : fields.ownerUserId === null ? fields.ownerText : null) ?? email,
      outcome: fields.state,
      wonOn: fields.state === 'won' ? fields.endedOn : null,
      lostOn: fields.state === 'lost' ? fields.endedOn : null,
      reason: fields.reason,
    };
    await this.handKept.store(editing, person, fact, known);
    await this.writes.setOwn(tx, account.id, id, { goalId, keptByHand, revision });
  }

  private async changeSubscription(editing: Editing, person: Person, change: SubscriptionChange) {
    const was = await this.handKept.mine(editing, change.subscriptionId, 'change.subscriptionId');
    const result = changedSubscription(was, change, toDay(editing.day));
    if (result.kind === 'refused') {
      const message = CHANGE_REFUSALS[result.why];
      throw new InvalidInput(message, [{ path: `change.${result.path}`, code: result.why, message }], result.why);
    }
    const changed: Touched | null =
      result.changed === null
        ? null
        : { id: was.id, revision: await this.handKept.storeSubscription(editing, person, was.id, result.changed, was) };
    const id = uuidv7();
    const made: Touched | null =
      result.made === null
        ? null
        : { id, revision: await this.handKept.storeSubscription(editing, person, id, result.made, null) };
    return { was: changed === null ? null : was, changed, made };
  }

  /** As they were before the deal was won; refused where somebody has changed them since. */
  private async restoreSubscriptions(
    editing: Editing,
    person: Person,
    before: Before,
    { made }: Details,
  ): Promise<void> {
    if (made === undefined) return;
    for (const [touched, what] of [
      [made.made, 'made'],
      [made.changed, 'changed'],
    ] as const) {
      if (touched === null) continue;
      const now = await this.handKept.mineIfAny(editing, touched.id);
      if (now === null || now.revision !== touched.revision) {
        throw new Conflict('NOTHING_TO_UNDO', 'The subscription that it changed has been changed since.');
      }
      if (what === 'made') await this.handKept.removeSubscription(editing, now);
      else {
        const was = before.subscriptions?.find(({ id }) => id === touched.id);
        if (was) await this.handKept.storeSubscription(editing, person, was.id, was, now);
      }
    }
  }

  private note(
    { tx, account, at, day }: Editing,
    person: Person,
    dealId: string,
    kind: DealEventKind,
    before: Before | null,
    details: Details,
  ): Promise<void> {
    const event = { accountId: account.id, dealId, id: uuidv7(), kind, at, day, byUserId: person.user.id };
    return this.writes.addEvent(tx, { ...event, before, details });
  }
}

function beforeOf({ id: _, observedAt: _observed, receivedAt: _received, ...deal }: StoredDeal): Before {
  return deal;
}

function refusal(why: DealRefusal, asked: DealStep): Conflict | InvalidInput {
  const message = REFUSALS[why];
  if (why !== 'DAY_IN_FUTURE') return new Conflict(why, message);
  const on = asked.kind === 'win' || asked.kind === 'lose' ? asked.on : '';
  return new InvalidInput(message, [{ path: 'on', code: why, message: on }], why);
}

function nothingToUndo(): Conflict {
  return new Conflict(
    'NOTHING_TO_UNDO',
    'There is nothing to take back, or something else has changed the deal since.',
  );
}
