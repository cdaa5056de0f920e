import { Injectable } from '@nestjs/common';
import { v5 as uuidOf, v7 as newUuid } from 'uuid';
import { Partitions } from '../../db/partitions.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { addDays, type Day, earlier, isoOf, toDay } from '../../domain/calendar/day.js';
import { RING_DAYS } from '../../domain/memory/memory.js';
import { Clock } from '../../platform/clock.js';
import { Conflict, InvalidInput } from '../../platform/errors/app-error.js';
import { type Batch, BUCKETS, bucketRange, bucketsOf, planRanges } from '../../stages/batch.js';
import { DayRuns, type RunBase } from '../../stages/day-run.js';
import { StateRepository } from '../../stages/state/state.repository.js';
import { DayRunner, type Leaves } from './day-runner.js';
import { LiveBatch } from './live-refresh.service.js';
import { type Run, type RunKind, RunRepository } from './run.repository.js';
import { WorkspaceDay } from './workspace-day.js';

/** Accounts of a batch: more share the statements better, fewer hold locks and memory for less long. */
export const BATCH = 1_000;
/** A backfill walks forward from this many days before its first, so that rings and held states have their past. */
const WALK_IN_DAYS = RING_DAYS;

const RUNS = '0c5f0f0e-6c52-5d0b-8a3e-3c5b2f6d7a11';

export type BucketSpan = readonly [first: number, last: number];

export interface RunProgress {
  bucketsDone: number;
  accounts: number;
}

export interface DriveOptions {
  atATime?: number;
  onProgress?: (progress: RunProgress) => void;
  signal?: AbortSignal;
}

/**
 * Runs over all accounts: a refresh, the close of a day, the first run of the next, a backfill. A run is a row; its
 * buckets are ticked off in the transactions that compute them, so that whoever goes on with it goes on where it stopped.
 */
@Injectable()
export class Runs {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: RunRepository,
    private readonly dayRuns: DayRuns,
    private readonly work: RunBatches,
    private readonly partitions: Partitions,
    private readonly clock: Clock,
  ) {}

  /** Asks for a run; one for the same kind and day exists once, backfills and refreshes are each a run of their own. */
  async start(kind: RunKind, days: { from: Day; to: Day; overwrite?: boolean }, requestedBy: string | null = null): Promise<Run> {
    const { from, to, overwrite = false } = days;
    if (to < from) throw new InvalidInput('The last day lies before the first.', [], 'DAYS_REVERSED');
    const isDaily = kind === 'close' || kind === 'open';
    const id = isDaily ? uuidOf(`${kind} ${isoOf(from)}`, RUNS) : newUuid();
    const run: Run = { id, kind, fromDay: isoOf(from), toDay: isoOf(to), overwrite };
    await this.partitions.ensure(['account_snapshot'], run.fromDay, run.toDay);
    await this.unitOfWork.run((tx) => this.repository.addRun(tx, run, requestedBy, this.clock.now()));
    return run;
  }

  /** Spans of buckets that are not done yet, each about one batch of accounts. */
  async spans(run: Run): Promise<BucketSpan[]> {
    return this.unitOfWork.run(async (tx) => {
      const done = new Set((await this.repository.progress(tx, run.id)).flatMap((p) => (p.done ? [p.bucket] : [])));
      const left = Array.from({ length: BUCKETS }, (_, bucket) => bucket).filter((bucket) => !done.has(bucket));
      return planRanges(await this.repository.bucketCounts(tx), left, BATCH);
    });
  }

  /** Computes a span of buckets of a run. Done ones are skipped; the rest goes on where it stopped. */
  async workSpan(run: Run, span: BucketSpan, signal?: AbortSignal): Promise<void> {
    const base = await this.unitOfWork.run((tx) => this.dayRuns.base(tx));
    await this.workSpanOn(base, run, span, signal);
  }

  /** Backfills share the work table: one that somebody left unfinished is finished first. */
  async driveBackfill(run: Run, options: DriveOptions = {}): Promise<void> {
    for (const other of await this.unfinished()) {
      if (other.kind === 'backfill' && other.id !== run.id) await this.drive(other, { ...options, onProgress: undefined });
      if (other.id === run.id) break;
    }
    await this.drive(run, options);
  }

  /** Does a whole run in this process, some batches at a time. Safe beside workers that do the same. */
  async drive(run: Run, options: DriveOptions = {}): Promise<void> {
    const base = await this.unitOfWork.run((tx) => this.dayRuns.base(tx));
    const spans = await this.spans(run);
    let next = 0;
    const worker = async (): Promise<void> => {
      for (let span = spans[next++]; span && !options.signal?.aborted; span = spans[next++]) {
        await this.workSpanOn(base, run, span, options.signal);
        if (options.onProgress) options.onProgress(await this.progress(run.id));
      }
    };
    await Promise.all(Array.from({ length: options.atATime ?? 2 }, worker));
    await this.finishIfDone(run);
  }

  async progress(runId: string): Promise<RunProgress> {
    const rows = await this.unitOfWork.run((tx) => this.repository.progress(tx, runId));
    return {
      bucketsDone: rows.filter((row) => row.done).length,
      accounts: rows.reduce((sum, row) => sum + row.accounts, 0),
    };
  }

  /** Ends a run whose buckets are all done; true when it is over. */
  async finishIfDone(run: Run): Promise<boolean> {
    const { bucketsDone } = await this.progress(run.id);
    if (bucketsDone < BUCKETS) return false;
    await this.unitOfWork.run(async (tx) => {
      if (run.kind === 'close') await this.repository.setDay(tx, run.fromDay, 'closed', this.clock.now());
      await this.repository.finishRun(tx, run.id, this.clock.now());
    });
    return true;
  }

  /** Runs that somebody began and nobody ended, oldest first. */
  unfinished(): Promise<Run[]> {
    return this.unitOfWork.run((tx) => this.repository.unfinishedRuns(tx));
  }

  find(id: string): Promise<(Run & { isFinished: boolean }) | null> {
    return this.unitOfWork.run((tx) => this.repository.run(tx, id));
  }

  private async workSpanOn(base: RunBase, run: Run, [first, last]: BucketSpan, signal?: AbortSignal): Promise<void> {
    const span = bucketRange(first, last);
    if (run.kind !== 'backfill') {
      const cuts = await this.unitOfWork.run((tx) => this.repository.cuts(tx, span, BATCH));
      // A bucket with more accounts than a batch is computed in several; it is done with the last of them.
      const parts = cuts.length > 1 && first === last ? partsOf(span, cuts) : [span];
      for (const [index, part] of parts.entries()) {
        if (signal?.aborted) return;
        const isLast = index === parts.length - 1;
        await this.unitOfWork.run((tx) => this.work.computeDay(tx, base, run, part, isLast));
      }
      return;
    }
    const from = toDay(run.fromDay);
    for (let day = addDays(from, -WALK_IN_DAYS); day <= toDay(run.toDay) && !signal?.aborted; ) {
      day = await this.unitOfWork.run((tx) => this.work.walkDay(tx, base, run, span, day));
    }
    if (!signal?.aborted) await this.unitOfWork.run((tx) => this.work.endWalk(tx, base, run, span));
  }
}

function partsOf(span: Batch, cuts: readonly string[]): Batch[] {
  if (span.kind === 'list') return [span];
  const ends = [...cuts.slice(0, -1), span.to];
  return ends.map((to, index) => ({ kind: 'range', from: index === 0 ? span.from : (ends[index - 1] as string), to }));
}

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
    private readonly clock: Clock,
  ) {}

  /** A batch of the day that a run is about; the batch's buckets are ticked off with it. */
  async computeDay(tx: Tx, base: RunBase, run: Run, batch: Batch, isLast: boolean): Promise<void> {
    if ((await this.walkedThrough(tx, run, bucketsOf(batch))).done) return;
    const asOf = toDay(run.fromDay);
    const closes = run.kind === 'close';
    const day = this.dayRuns.day(base, asOf, { table: 'account_state', isComplete: closes });
    // What arrived since the day ended belongs to the next one, which is computed after the close.
    const due = closes ? [] : await this.repository.dueInBatch(tx, batch);
    const accounts = await this.live.run(tx, batch, day, due, this.runner);
    if (isLast) {
      await this.repository.setProgress(tx, run.id, bucketsOf(batch), { throughDay: run.fromDay, done: true, accounts });
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
    if (toDay(run.toDay) >= addDays(open, -1 - RING_DAYS)) await this.startAgain(tx, base, batch, open);
    await this.states.clearRebuild(tx, batch);
    await this.repository.setProgress(tx, run.id, buckets, { throughDay: run.toDay, done: true, accounts });
  }

  /**
   * Rebuilds the closed days of a few accounts from their first touched one on, where there are snapshots of them, and
   * brings today's state in line. Everything in the caller's transaction.
   */
  async rebuild(tx: Tx, base: RunBase, ids: readonly string[], from: Day): Promise<void> {
    const batch: Batch = { kind: 'list', ids };
    await this.states.lockBuckets(tx, bucketsOf(batch));
    const { open } = await this.days.now(tx);
    await this.states.clearRebuild(tx, batch);
    await this.states.seedRebuild(tx, batch, isoOf(addDays(from, -1)), this.clock.now());
    for (let day = from; day < open; day = addDays(day, 1)) {
      const dayRun = this.dayRuns.day(base, day, { table: 'account_rebuild', isComplete: true });
      await this.runner.run(tx, batch, dayRun, 'existing');
    }
    await this.startAgain(tx, base, batch, open);
    await this.states.clearRebuild(tx, batch);
  }

  /** Puts the last closed day's snapshot in the place of the close that the open day started from, and runs it again. */
  private async startAgain(tx: Tx, base: RunBase, batch: Batch, open: Day): Promise<void> {
    await this.states.clearRebuild(tx, batch);
    await this.states.seedRebuild(tx, batch, isoOf(addDays(open, -1)), this.clock.now());
    await this.states.adoptRebuild(tx, batch);
    const day = this.dayRuns.day(base, open, { table: 'account_state', isComplete: false });
    await this.runner.run(tx, batch, day, 'all');
  }

  private async walkedThrough(tx: Tx, run: Run, buckets: readonly number[]): Promise<{ day: Day | null; done: boolean }> {
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
