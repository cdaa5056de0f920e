import { Injectable } from '@nestjs/common';
import type { Tx } from '../../db/unit-of-work.js';
import { addDays, type Day, isoOf, toDay } from '../../domain/calendar/day.js';
import { RING_DAYS } from '../../domain/memory/memory.js';
import { Conflict } from '../../platform/errors/app-error.js';
import { type Batch, bucketsOf } from '../../stages/batch.js';
import { type DayRun, DayRuns, type RunBase } from '../../stages/day-run.js';
import { StateRepository } from '../../stages/state/state.repository.js';
import { DayRunner, type Leaves } from './day-runner.js';
import { type Run, RunRepository } from './run.repository.js';
import { SetAside, type Unfit } from './set-aside.service.js';
import { WorkspaceDay } from './workspace-day.js';

/** What became of one day of a backfill. */
export interface WalkedDay {
  next: Day;
  accounts: number;
}

/** The steps through days past, in the work table: each is one transaction over one batch. */
@Injectable()
export class PastBatches {
  constructor(
    private readonly repository: RunRepository,
    private readonly states: StateRepository,
    private readonly dayRuns: DayRuns,
    private readonly runner: DayRunner,
    private readonly days: WorkspaceDay,
    private readonly setAside: SetAside,
  ) {}

  /** What every batch of a walk rests on. */
  base(tx: Tx): Promise<RunBase> {
    return this.dayRuns.base(tx);
  }

  /** One day of a backfill; answers the next day to do, which is further on where somebody else was here before. */
  async walkDay(tx: Tx, run: Run, batch: Batch, dayRun: DayRun, first: Day): Promise<WalkedDay> {
    const day = dayRun.asOf;
    const buckets = bucketsOf(batch);
    await this.states.lockBuckets(tx, buckets);
    const [oldest] = (await this.repository.unfinishedRuns(tx)).filter(({ kind }) => kind === 'backfill');
    if (oldest && oldest.id !== run.id) {
      throw new Conflict('BACKFILL_RUNNING', `A backfill of ${oldest.fromDay} to ${oldest.toDay} has to end first.`);
    }
    const through = await this.repository.walkedThrough(tx, run.id, buckets);
    if (through.done) return { next: addDays(toDay(run.toDay), 1), accounts: 0 };
    if (through.day !== null && through.day >= day) return { next: addDays(through.day, 1), accounts: 0 };
    const isFirst = through.day === null;
    const before = isoOf(addDays(first, -1));
    if (isFirst) {
      await this.states.clearRebuild(tx, batch);
      // Thirty days do not tell how long a band or a stage has held: that goes on from the day before, where it is kept.
      const stageVersions = await this.dayRuns.stageVersionsAlike(tx, dayRun);
      await this.states.seedRebuild(tx, batch, before, dayRun.at, { stageVersions });
      await this.setAside.startOver(tx, batch, { from: isoOf(first), to: run.toDay });
    }
    const isWalkIn = day < toDay(run.fromDay);
    const leaves: Leaves = isWalkIn ? 'nothing' : run.overwrite ? 'all' : 'missing';
    // Whoever could not be computed on one of the days before has no close to go on from.
    const fit = await this.setAside.without(tx, batch, { from: isoOf(first), to: isoOf(addDays(day, -1)) });
    const { accounts } = await this.runner.run(tx, fit, dayRun, leaves);
    if (isFirst) await this.states.keepStageSince(tx, fit, before);
    return { next: addDays(day, 1), accounts };
  }

  /** Ticks a day of a backfill off. */
  async passDay(tx: Tx, run: Run, span: Batch, day: Day, accounts: number): Promise<void> {
    const step = { throughDay: isoOf(day), done: false, accounts };
    await this.repository.setProgress(tx, run.id, bucketsOf(span), step);
  }

  /** Accounts that broke a walk leave it: half a walk must not become anybody's past. */
  async leaveOut(tx: Tx, unfit: readonly Unfit[]): Promise<void> {
    if (unfit.length === 0) return;
    await this.states.clearRebuild(tx, { kind: 'list', ids: unfit.map(({ accountId }) => accountId) });
    await this.setAside.note(tx, unfit);
  }

  /**
   * After the last day: the state of today starts from the days as they stand now, and the work table is emptied. An
   * account that is there no more has been brought to its end before.
   */
  async endWalk(tx: Tx, base: RunBase, run: Run, span: Batch): Promise<void> {
    await this.states.lockBuckets(tx, bucketsOf(span));
    if ((await this.repository.walkedThrough(tx, run.id, bucketsOf(span))).done) return;
    const ids = await this.repository.walking(tx, span);
    if (ids.length === 0) return;
    const batch: Batch = { kind: 'list', ids };
    const { open } = await this.days.now(tx);
    const last = toDay(run.toDay);
    // The walk knows more than its snapshots: the days before the first, too. Who has a past of their own keeps it,
    // unless the backfill was to overwrite it.
    if (last === addDays(open, -1)) await this.states.adoptRebuild(tx, batch, run.overwrite ? 'all' : 'new');
    if (last >= addDays(open, -1 - RING_DAYS)) await this.startAgain(tx, base, batch, open);
    await this.states.clearRebuild(tx, batch);
  }

  /**
   * Rebuilds the closed days of a few accounts from their first touched one on, where there are snapshots of them, and
   * brings today's state in line. Everything in the caller's transaction. False: a backfill walks in the same work table
   * and will rebuild what it covers.
   */
  async rebuild(tx: Tx, base: RunBase, batch: Batch, from: Day): Promise<boolean> {
    await this.states.lockBuckets(tx, bucketsOf(batch));
    // Asked under the locks: a backfill that began before them may have rows of these accounts in the work table.
    if ((await this.repository.unfinishedRuns(tx)).some(({ kind }) => kind === 'backfill')) return false;
    const { open } = await this.days.now(tx);
    const runOf = this.dayRuns.walk(base, addDays(open, -1));
    await this.states.clearRebuild(tx, batch);
    await this.states.seedRebuild(tx, batch, isoOf(addDays(from, -1)), runOf(from).at);
    for (let day = from; day < open; day = addDays(day, 1)) await this.runner.run(tx, batch, runOf(day), 'existing');
    await this.startAgain(tx, base, batch, open);
    await this.states.clearRebuild(tx, batch);
    return true;
  }

  /**
   * Puts the last closed day's snapshot in the place of the close that the open day starts from, where the open day was
   * computed already or the account never was, and runs the open day again.
   */
  private async startAgain(tx: Tx, base: RunBase, batch: Batch, open: Day): Promise<void> {
    const day = this.dayRuns.day(base, open, { table: 'account_state', isComplete: false });
    await this.states.clearRebuild(tx, batch);
    await this.states.seedRebuild(tx, batch, isoOf(addDays(open, -1)), day.at);
    await this.states.adoptRebuild(tx, batch, 'notYet');
    await this.runner.run(tx, batch, day, 'all');
  }
}
