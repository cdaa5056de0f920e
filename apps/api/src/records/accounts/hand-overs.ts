import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import type { HandOverMove } from '@steward/shared/hand-over';
import { v7 as uuidv7 } from 'uuid';
import type { Tx } from '../../db/unit-of-work.js';
import {
  HandOverRepository,
  type MovedThing,
  type OwnerBefore,
  type OwnerRole,
  type Passing,
  type StoredHandOver,
  type Takes,
} from './hand-over.repository.js';
import { ManyAccountsRepository } from './many-accounts.repository.js';

/** Owners of an account that a person has just changed. */
export interface OwnersChanged {
  accountId: string;
  /** Those of before, in the roles that changed. */
  before: Partial<Record<OwnerRole, OwnerBefore>>;
  from: Record<OwnerRole, string | null>;
  to: Record<OwnerRole, string | null>;
}

export interface Giver {
  userId: string;
  day: IsoDay;
  at: Date;
}

export const ALL_MOVES: HandOverMove = { alerts: true, tasks: true, goals: true, deals: true };

const ROLES = ['csm', 'am'] as const;
const THINGS = ['alerts', 'tasks', 'goals', 'deals'] as const;

/** What goes along when accounts change their owners, and how it comes back: the one way for all doors. */
@Injectable()
export class HandOvers {
  constructor(
    readonly rows: HandOverRepository,
    private readonly many: ManyAccountsRepository,
  ) {}

  /** After the owners were written. Answers the id of each account’s hand-over. */
  async hand(
    tx: Tx,
    changed: readonly OwnersChanged[],
    how: { move: HandOverMove; note: string | null },
    giver: Giver,
  ): Promise<Map<string, string>> {
    if (changed.length === 0) return new Map();
    const told = { byUserId: giver.userId, day: giver.day, at: giver.at };
    const ids = new Map(changed.map(({ accountId }) => [accountId, uuidv7()]));
    const passing = changed.flatMap((each) => passingOf(each, ids.get(each.accountId) as string));
    const waiting = await this.rows.waiting(
      tx,
      changed.map(({ accountId }) => accountId),
    );
    const moved = new Map<string, Record<keyof HandOverMove, MovedThing[]>>();
    for (const id of ids.values()) moved.set(id, { alerts: [], tasks: [], goals: [], deals: [] });
    for (const thing of THINGS) {
      if (!how.move[thing] || passing.length === 0) continue;
      for (const each of await this.rows.pass(tx, thing, passing, told)) {
        moved.get(each.handOverId)?.[thing].push(each);
      }
    }
    const handOvers = changed.map(({ accountId, before, from, to }) => {
      const id = ids.get(accountId) as string;
      const things = moved.get(id) as Record<keyof HandOverMove, MovedThing[]>;
      const counts = Object.fromEntries(THINGS.map((thing) => [thing, things[thing].length])) as Record<
        keyof HandOverMove,
        number
      >;
      const had = { owners: before, things, waiting: waiting.get(accountId) ?? [] };
      return { id, accountId, from, to, note: how.note, moved: counts, before: had };
    });
    await this.rows.add(tx, handOvers, told);
    await this.rows.tell(tx, handOvers, told);
    return ids;
  }

  /** Gives the owners and what went along back; what others took over meanwhile stays with them. */
  async takeBack(tx: Tx, accountId: string, handOver: StoredHandOver, giver: Giver): Promise<void> {
    const { owners } = handOver.before;
    for (const role of ROLES) {
      const before = owners[role];
      if (before === undefined) continue;
      const source = before.source ?? `person:${giver.userId}`;
      await this.many.saveOwners(tx, role, [{ id: accountId, owner: before.owner, source }], giver.day, giver.at);
    }
    await this.thingsBack(tx, accountId, handOver, giver);
  }

  /** The same where the owners were given back already. */
  async thingsBack(tx: Tx, accountId: string, handOver: StoredHandOver, giver: Giver): Promise<void> {
    const told = { byUserId: giver.userId, day: giver.day, at: giver.at };
    for (const thing of THINGS) await this.rows.back(tx, accountId, thing, handOver.before.things[thing], told);
    await this.rows.release(tx, accountId, handOver.before.waiting ?? [], told);
    await this.rows.undone(tx, accountId, handOver.id, giver.userId, giver.at);
  }
}

/**
 * Who held both roles and keeps one, or gives the two to two people, parts with what is of the role: tasks and alerts by
 * their own, deals and expansion goals as the account manager, all else as the CSM.
 */
function passingOf({ accountId, from, to }: OwnersChanged, handOverId: string): Passing[] {
  return ROLES.flatMap((role): Passing[] => {
    const other = role === 'csm' ? 'am' : 'csm';
    const fromId = from[role];
    if (fromId === null || fromId === to[role]) return [];
    const takes: Takes = fromId !== from[other] ? 'all' : to[other] === fromId ? 'own' : role === 'am' ? 'own' : 'rest';
    return [{ handOverId, accountId, role, takes, fromId, toId: to[role] }];
  });
}
