import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../db/unit-of-work.js';
import { AccountEditsRepository } from '../../../records/accounts/account-edits.repository.js';
import { HandOverRepository } from '../../../records/accounts/hand-over.repository.js';
import { ALL_MOVES, HandOvers, type OwnersChanged } from '../../../records/accounts/hand-overs.js';
import { ManyAccountsRepository, type OwnerValue } from '../../../records/accounts/many-accounts.repository.js';
import { mayChangeOwner } from '../../../records/accounts/owner-change.js';
import {
  type Batch,
  type Deed,
  type KindOfBulk,
  type Ordered,
  type Outcomes,
  type RefusedWhole,
  refuseAll,
  refused,
  sourceOf,
  UNCHANGED,
} from './bulk-kind.js';

interface OwnerBefore {
  owner: OwnerValue;
  source: string | null;
}

interface OwnerAfter {
  owner: OwnerValue;
  handOverId?: string | undefined;
}

type Assign = { role: 'csm' | 'am'; userId: string | null };

const NOBODY: OwnerValue = { userId: null, text: null };

/** Gives accounts to a person, or to nobody. */
@Injectable()
export class AssignKind implements KindOfBulk<'assign'> {
  constructor(
    private readonly people: AccountEditsRepository,
    private readonly many: ManyAccountsRepository,
    private readonly handOvers: HandOvers,
    private readonly handOverRows: HandOverRepository,
  ) {}

  async refusedWhole({ tx }: Ordered, { userId }: Assign): Promise<RefusedWhole | null> {
    return (await this.ownerOf(tx, userId)) === null ? { code: 'UNKNOWN_PERSON', path: 'userId' } : null;
  }

  async apply(batch: Batch, { role, userId }: Assign): Promise<Outcomes> {
    const { tx, user, accounts, day, at } = batch;
    const owner = await this.ownerOf(tx, userId);
    if (owner === null) return refuseAll(batch, 'UNKNOWN_PERSON');
    const outcomes: Outcomes = new Map();
    const changing: { id: string; from: OwnerValue }[] = [];
    for (const { id, [role]: from } of accounts) {
      if (from.userId === userId && (userId !== null || from.text === null)) outcomes.set(id, UNCHANGED);
      else if (!mayChangeOwner(user, { from: from.userId, to: userId })) outcomes.set(id, refused('NOT_YOURS_TO_GIVE'));
      // A text that matched nobody is an owner too, only one that is not here.
      else if (from.userId === userId && !mayChangeOwner(user, { from: 'somebody', to: null }))
        outcomes.set(id, refused('NOT_YOURS_TO_GIVE'));
      else changing.push({ id, from });
    }
    if (changing.length === 0) return outcomes;
    const ids = changing.map(({ id }) => id);
    const versions = await this.many.newestVersions(tx, role, ids);
    await this.many.saveOwners(
      tx,
      role,
      ids.map((id) => ({ id, owner, source: sourceOf(batch) })),
      day,
      at,
    );
    const before = new Map<string, OwnerBefore>(
      changing.map(({ id, from }) => [id, { owner: from, source: versions.get(id)?.source ?? null }]),
    );
    const held = new Map(accounts.map((account) => [account.id, account]));
    const changed = ids.map((accountId): OwnersChanged => {
      const account = held.get(accountId);
      const from = { csm: account?.csm.userId ?? null, am: account?.am.userId ?? null };
      return { accountId, before: { [role]: before.get(accountId) }, from, to: { ...from, [role]: userId } };
    });
    const how = { move: ALL_MOVES, note: null };
    const handOvers = await this.handOvers.hand(tx, changed, how, { userId: user.id, day, at });
    for (const id of ids) {
      const after: OwnerAfter = { owner, handOverId: handOvers.get(id) };
      outcomes.set(id, { state: 'done', before: before.get(id), after });
    }
    return outcomes;
  }

  /** Null: the person may not own accounts. */
  private async ownerOf(tx: Tx, userId: string | null): Promise<OwnerValue | null> {
    if (userId === null) return NOBODY;
    const text = (await this.people.possibleOwners(tx, [userId])).get(userId);
    return text === undefined ? null : { userId, text };
  }

  async undo(batch: Batch, { role }: Assign, deeds: ReadonlyMap<string, Deed>): Promise<Outcomes> {
    const { tx, user, accounts, day, at } = batch;
    const outcomes: Outcomes = new Map();
    const handedOver: { accountId: string; id: string }[] = [];
    const back: { id: string; owner: OwnerValue; source: string }[] = [];
    for (const { id, [role]: now } of accounts) {
      const { before, after } = deeds.get(id) as { before: OwnerBefore; after: OwnerAfter };
      if (!isDeepStrictEqual(now, after.owner)) outcomes.set(id, refused('CHANGED_SINCE'));
      else if (!mayChangeOwner(user, { from: now.userId, to: before.owner.userId }))
        outcomes.set(id, refused('NOT_YOURS_TO_GIVE'));
      else {
        back.push({ id, owner: before.owner, source: before.source ?? sourceOf(batch) });
        outcomes.set(id, { state: 'done', before: after, after: before });
        if (after.handOverId !== undefined) handedOver.push({ accountId: id, id: after.handOverId });
      }
    }
    if (back.length > 0) await this.many.saveOwners(tx, role, back, day, at);
    const stored = await this.handOverRows.byIds(tx, handedOver);
    for (const { accountId, id } of handedOver) {
      const handOver = stored.get(id);
      if (handOver !== undefined && handOver.undoneAt === null) {
        await this.handOvers.thingsBack(tx, accountId, handOver, { userId: user.id, day, at });
      }
    }
    return outcomes;
  }
}
