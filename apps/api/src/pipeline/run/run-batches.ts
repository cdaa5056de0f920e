import { Injectable } from '@nestjs/common';
import type { Tx } from '../../db/unit-of-work.js';
import { addDays, type Day, earlier, isoOf, toDay } from '../../domain/calendar/day.js';
import { RING_DAYS } from '../../domain/memory/memory.js';
import { Conflict } from '../../platform/errors/app-error.js';
import { type Batch, bucketsOf } from '../../stages/batch.js';
import { DayRuns, type RunBase } from '../../stages/day-run.js';
import { StateRepository } from '../../stages/state/state.repository.js';
import { DayRunner, type Leaves } from './day-runner.js';
import { LiveBatch } from './live-batch.js';
import { type Run, RunRepository } from './run.repository.js';
import { WorkspaceDay } from './workspace-day.js';

/** The steps of a run: each is one transaction over one batch. */
@Injectable()
export class RunBatches {
  constructor(
    private readonly repository: RunRepository,
    private readonly states: StateRepository,
    private readonly dayRuns: DayRuns,
    private readonly runner: DayRunner,
    private readonly live: LiveBatch,
    private readonly days: WorkspaceDay,
  ) {}

  /** A batch of the day that a run is about; the batch's buckets are ticked off with it. */
  async computeDay(tx: Tx, base: RunBase, run: Run, batch: Batch, isLast: boolean): Promise<void> {
    if ((await this.walkedThrough(tx, run, bucketsOf(batch))).done) return;
    const asOf = toDay(run.fromDay);
    const closes = run.kind === 'close';
    const day = this.dayRuns.day(base, asOf, { table: 'account_state', isComplete: closes });
    // What arrived since the day ended belongs to the next one, which is computed after the close.
    const due = closes ? [] : await this.repository.dueInBatch(tx, batch);
    // Of a day that has ended meanwhile nothing is left to do: its close computes it.
    const accounts = (await this.live.run(tx, batch, day, due)) ?? 0;
    if (isLast) {
      await this.repository.setProgress(tx, run.id, bucketsOf(batch), {
        throughDay: run.fromDay,
        done: true,
        accounts,
      });
    }
  }

  /** One day of a backfill; answers the next day to do, which is further on where somebody else was here before. */
  async walkDay(tx: Tx, base: RunBase, run: Run, batch: Batch, day: Day): Promise<Day> {
    const buckets = bucketsOf(batch);
    await this.states.lockBuckets(tx, buckets);
    const [oldest] = (await this.repository.unfinishedRuns(tx)).filter(({ kind }) => kind === 'backfill');
    if (oldest && oldest.id !== run.id) {
      throw new Conflict('BACKFILL_RUNNING', `A backfill of ${oldest.fromDay} to ${oldest.toDay} has to end first.`);
    }
    const through = await this.walkedThrough(tx, run, buckets);
    if (through.done) return addDays(toDay(run.toDay), 1);
    if (through.day !== null && through.day >= day) return addDays(through.day, 1);
    if (through.day === null) await this.states.clearRebuild(tx, batch);
    const isWalkIn = day < toDay(run.fromDay);
    const leaves: Leaves = isWalkIn ? 'nothing' : run.overwrite ? 'all' : 'missing';
    const dayRun = this.dayRuns.day(base, day, { table: 'account_rebuild', isComplete: true });
    const { accounts } = await this.runner.run(tx, batch, dayRun, leaves);
    await this.repository.setProgress(tx, run.id, buckets, { throughDay: dayRun.iso, done: false, accounts });
    return addDays(day, 1);
  }

  /** After the last day: the state of today starts from the days as they stand now, and the work table is emptied. */
  async endWalk(tx: Tx, base: RunBase, run: Run, batch: Batch): Promise<void> {
    const buckets = bucketsOf(batch);
    await this.states.lockBuckets(tx, buckets);
    if ((await this.walkedThrough(tx, run, buckets)).done) return;
    const { accounts } = await this.walked(tx, run, buckets);
    const { open } = await this.days.now(tx);
    const last = toDay(run.toDay);
    // The walk knows more than its snapshots: the days before the first, too. Who has a past of their own keeps it,
    // unless the backfill was to overwrite it.
    if (last === addDays(open, -1)) await this.states.adoptRebuild(tx, batch, run.overwrite ? 'all' : 'new');
    if (last >= addDays(open, -1 - RING_DAYS)) await this.startAgain(tx, base, batch, open);
    await this.states.clearRebuild(tx, batch);
    await this.repository.setProgress(tx, run.id, buckets, { throughDay: run.toDay, done: true, accounts });
  }

  /**
   * Rebuilds the closed days of a few accounts from their first touched one on, where there are snapshots of them, and
   * brings today's state in line. Everything in the caller's transaction. False: a backfill walks in the same work table
   * and will rebuild what it covers.
   */
  async rebuild(tx: Tx, base: RunBase, ids: readonly string[], from: Day): Promise<boolean> {
    const batch: Batch = { kind: 'list', ids };
    await this.states.lockBuckets(tx, bucketsOf(batch));
    // Asked under the locks: a backfill that began before them may have rows of these accounts in the work table.
    if ((await this.repository.unfinishedRuns(tx)).some(({ kind }) => kind === 'backfill')) return false;
    const { open } = await this.days.now(tx);
    const runOf = (day: Day) => this.dayRuns.day(base, day, { table: 'account_rebuild', isComplete: true });
    await this.states.clearRebuild(tx, batch);
    await this.states.seedRebuild(tx, batch, isoOf(addDays(from, -1)), runOf(from).at);
    for (let day = from; day < open; day = addDays(day, 1)) await this.runner.run(tx, batch, runOf(day), 'existing');
    await this.startAgain(tx, base, batch, open);
    await this.states.clearRebuild(tx, batch);
    return true;
  }

  /**
   * Puts the last closed day's snapshot in the place of the close that the open day started from, where the open day was
   * computed already, and runs the open day again.
   */
  private async startAgain(tx: Tx, base: RunBase, batch: Batch, open: Day): Promise<void> {
    const day = this.dayRuns.day(base, open, { table: 'account_state', isComplete: false });
    await this.states.clearRebuild(tx, batch);
    await this.states.seedRebuild(tx, batch, isoOf(addDays(open, -1)), day.at);
    await this.states.adoptRebuild(tx, batch, 'computed');
    await this.runner.run(tx, batch, day, 'all');
  }

  private async walkedThrough(
    tx: Tx,
    run: Run,
    buckets: readonly number[],
  ): Promise<{ day: Day | null; done: boolean }> {
    const rows = (await this.repository.progress(tx, run.id)).filter((row) => buckets.includes(row.bucket));
    if (rows.length < buckets.length) return { day: null, done: false };
    const days = rows.map((row) => toDay(row.throughDay));
    return { day: days.reduce(earlier), done: rows.every((row) => row.done) };
  }

  private async walked(tx: Tx, run: Run, buckets: readonly number[]): Promise<{ accounts: number }> {
    const rows = (await this.repository.progress(tx, run.id)).filter((row) => buckets.includes(row.bucket));
    return { accounts: rows.reduce((sum, row) => sum + row.accounts, 0) };
  }
}
