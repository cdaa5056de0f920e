import { Injectable } from '@nestjs/common';
import { v7 as newUuid, v5 as uuidOf } from 'uuid';
import { Partitions } from '../../db/partitions.js';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { addDays, type Day, earlier, isoOf, toDay } from '../../domain/calendar/day.js';
import { RING_DAYS } from '../../domain/memory/memory.js';
import { Clock } from '../../platform/clock.js';
import { InvalidInput } from '../../platform/errors/app-error.js';
import { type Batch, BUCKETS, bucketRange, planRanges } from '../../stages/batch.js';
import { DayRuns, type RunBase } from '../../stages/day-run.js';
import { type Run, type RunKind, RunRepository } from './run.repository.js';
import { RunBatches } from './run-batches.js';
import { SetAside } from './set-aside.service.js';

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
    private readonly setAside: SetAside,
    private readonly clock: Clock,
  ) {}

  /** Asks for a run; one for the same kind and day exists once, backfills and refreshes are each a run of their own. */
  async start(
    kind: RunKind,
    days: { from: Day; to: Day; overwrite?: boolean },
    requestedBy: string | null = null,
  ): Promise<Run> {
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
      if (other.kind === 'backfill' && other.id !== run.id)
        await this.drive(other, { ...options, onProgress: undefined });
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

  /** The part of a backfill's days, its walk-in included, that is computed, over all buckets: in [0, 1]. */
  async walkedShare(run: Run): Promise<number> {
    const first = addDays(toDay(run.fromDay), -WALK_IN_DAYS);
    const days = toDay(run.toDay) - first + 1;
    const rows = await this.unitOfWork.run((tx) => this.repository.progress(tx, run.id));
    const walked = rows.reduce((sum, row) => sum + (row.done ? days : toDay(row.throughDay) - first + 1), 0);
    return Math.min(1, walked / (days * BUCKETS));
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
      let accounts = 0;
      for (const part of parts) {
        if (signal?.aborted) return;
        const { done, unfit } = await this.setAside.around(part, (tx, each) =>
          this.work.computeDay(tx, base, run, each),
        );
        await this.unitOfWork.run((tx) => this.setAside.note(tx, unfit));
        if (done.includes(null)) return;
        accounts += done.reduce<number>((sum, computed) => sum + (computed ?? 0), 0);
      }
      await this.unitOfWork.run((tx) => this.work.tickOff(tx, run, span, accounts));
      return;
    }
    await this.walkSpan(base, run, span, signal);
  }

  private async walkSpan(base: RunBase, run: Run, span: Batch, signal?: AbortSignal): Promise<void> {
    const first = addDays(toDay(run.fromDay), -WALK_IN_DAYS);
    const last = toDay(run.toDay);
    for (let day = first; day <= last; ) {
      if (signal?.aborted) return;
      const today = day;
      const { done, unfit } = await this.setAside.around(span, (tx, part) =>
        this.work.walkDay(tx, base, run, part, today, first),
      );
      const next = done.map((walked) => walked.next).reduce(earlier, addDays(last, 1));
      const accounts = done.reduce((sum, walked) => sum + walked.accounts, 0);
      if (next <= addDays(day, 1)) {
        await this.unitOfWork.run((tx) => this.work.passDay(tx, run, span, today, accounts, unfit));
      }
      day = next;
    }
    if (signal?.aborted) return;
    const { unfit } = await this.setAside.around(span, (tx, part) => this.work.endWalk(tx, base, run, part));
    await this.unitOfWork.run(async (tx) => {
      await this.work.leaveOut(tx, unfit);
      await this.work.tickOff(tx, run, span, null);
    });
  }
}

function partsOf(span: Batch, cuts: readonly string[]): Batch[] {
  if (span.kind === 'list') return [span];
  const ends = [...cuts.slice(0, -1), span.to];
  return ends.map((to, index) => ({ kind: 'range', from: index === 0 ? span.from : (ends[index - 1] as string), to }));
}
