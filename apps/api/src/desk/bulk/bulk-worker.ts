import { Injectable } from '@nestjs/common';
import type { BulkChange } from '@steward/shared/bulk';
import type { IsoDay } from '@steward/shared/common';
import { isDataError } from '../../db/data-fault.js';
import { markDirty } from '../../db/dirty-accounts.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { log } from '../../platform/logging/log.js';
import {
  ManyAccountsRepository,
  type OwnersAfter,
  type OwnerValue,
} from '../../records/accounts/many-accounts.repository.js';
import { BulkRepository, type DueItem, type SettledItem, type StoredBulk } from './bulk.repository.js';
import { BulkDesk } from './bulk-desk.js';
import type { Batch, Outcomes } from './kinds/bulk-kind.js';
import { BulkKinds } from './kinds/bulk-kinds.js';
import { Orderer } from './orderer.js';

/** Accounts of one transaction. */
const BATCH = 500;
const MOST_FAILURES = 5;
/** No account has it: the walk over all of them begins behind it. */
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

export interface WorkOptions {
  /** Asked to stop at the next safe point; the work is taken up again later. */
  signal?: AbortSignal;
  /** Stops by itself after so long, so that others get their turn. */
  forMs?: number;
  batch?: number;
  onBatch?: () => void;
}

/**
 * Does bulk actions: batch after batch, each in a transaction that also says what became of its accounts. So a batch is
 * done once or not at all, whoever is killed, and however many work on the same action.
 */
@Injectable()
export class BulkWorker {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: BulkRepository,
    private readonly many: ManyAccountsRepository,
    private readonly kinds: BulkKinds,
    private readonly desk: BulkDesk,
    private readonly orderer: Orderer,
  ) {}

  /** True when nothing is left to do. */
  async work(id: string, { signal, forMs = Number.POSITIVE_INFINITY, batch = BATCH, onBatch }: WorkOptions = {}) {
    const begun = performance.now();
    let after = BEFORE_ALL;
    try {
      while (!signal?.aborted && performance.now() - begun < forMs) {
        const action = await this.unitOfWork.run((tx) => this.repository.beat(tx, id, this.desk.now()));
        if (action === null) return true;
        if (action.state === 'cancelling') return await this.desk.end(action, 'cancelled');
        const from = after;
        const ids: string[] = await this.unitOfWork.run((tx) => this.repository.due(tx, id, from, batch));
        if (ids.length === 0 && from === BEFORE_ALL) return await this.desk.end(action, 'done');
        after = ids.at(-1) ?? BEFORE_ALL;
        await this.take(action, ids);
        onBatch?.();
      }
      return false;
    } catch (error) {
      await this.noteFailure(id);
      throw error;
    } finally {
      this.desk.hintRefresh();
    }
  }

  /** An account whose data the database refuses is found by halving, and refused alone. */
  private async take(action: StoredBulk, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    try {
      await this.unitOfWork.run((tx) => this.batch(tx, action, ids));
    } catch (error) {
      if (!isDataError(error)) throw error;
      if (ids.length === 1) {
        log.warn({ err: error, bulk: action.id, account: ids[0] }, 'an account of a bulk action cannot be stored');
        await this.unitOfWork.run(async (tx) => {
          const items = await this.repository.claim(tx, action.id, action.undoes, ids);
          await this.repository.settle(tx, action.id, items.map(settledAs('refused', 'CANNOT_BE_STORED')));
        });
        return;
      }
      const middle = Math.ceil(ids.length / 2);
      await this.take(action, ids.slice(0, middle));
      await this.take(action, ids.slice(middle));
    }
  }

  private async batch(tx: Tx, action: StoredBulk, wanted: readonly string[]): Promise<void> {
    if (!(await this.repository.holdRunning(tx, action.id))) return;
    const items = await this.repository.claim(tx, action.id, action.undoes, wanted);
    if (items.length === 0) return;
    const change = action.change ?? (await this.undone(tx, action));
    const person = await this.orderer.of(tx, action.byUserId, change.kind);
    if (person === null) {
      await this.repository.settle(tx, action.id, items.map(settledAs('refused', 'NOT_ALLOWED')));
      return;
    }
    const { user, scope, day, at } = person;
    const ids = items.map((item) => item.id);
    const accounts = await this.many.hold(tx, scope, ids, action.undoes === null ? null : ownersAfter(change, items));
    const batch: Batch = { tx, actionId: action.id, user, scope, accounts, day, at };
    const kind = this.kinds.of(change.kind);
    const outcomes =
      accounts.length === 0
        ? new Map()
        : action.undoes === null
          ? await kind.apply(batch, change)
          : await kind.undo(batch, change, new Map(items.map((item) => [item.id, item])));
    await this.repository.settle(tx, action.id, settled(items, outcomes));
    await markDirty(tx, dirtyOf(outcomes, day), at);
  }

  private async undone(tx: Tx, { undoes }: StoredBulk) {
    const action = undoes === null ? null : await this.repository.find(tx, undoes);
    if (!action?.change) throw new Error(`what ${undoes} did is not known any more`);
    return action.change;
  }

  private async noteFailure(id: string): Promise<void> {
    const { failures, action } = await this.unitOfWork.run(async (tx) => ({
      failures: await this.repository.failed(tx, id),
      action: await this.repository.find(tx, id),
    }));
    if (action !== null && failures >= MOST_FAILURES) await this.desk.end(action, 'failed');
  }
}

function settledAs(state: SettledItem['state'], code: string | null) {
  return ({ id }: DueItem): SettledItem => ({ id, state, code, before: null, after: null });
}

function settled(items: readonly DueItem[], outcomes: Outcomes): SettledItem[] {
  return items.map((item) => {
    const outcome = outcomes.get(item.id);
    // Not held: it was deleted, or is no longer among the accounts that the person sees.
    if (outcome === undefined) return settledAs('gone', null)(item);
    if (outcome.state === 'refused') return settledAs('refused', outcome.code)(item);
    if (outcome.state === 'unchanged') return settledAs('unchanged', null)(item);
    return { id: item.id, state: 'done', code: null, before: outcome.before, after: outcome.after };
  });
}

function dirtyOf(outcomes: Outcomes, day: IsoDay): Map<string, IsoDay> {
  return new Map(
    [...outcomes].flatMap(([id, outcome]) => {
      if (outcome.state !== 'done' || outcome.sinceDay === null) return [];
      return [[id, outcome.sinceDay ?? day]];
    }),
  );
}

/**
 * Accounts that an action gave to others have left the book of whoever ordered it. Taking that back concerns them as
 * they will stand again, so that a slip is not beyond repair; what others did to them since is left alone anyway.
 */
function ownersAfter(change: BulkChange, items: readonly DueItem[]): OwnersAfter | null {
  if (change.kind !== 'assign') return null;
  const owners = items.map(({ id, before }) => [id, (before as { owner: OwnerValue }).owner.userId] as const);
  return { role: change.role, owners: new Map(owners) };
}
