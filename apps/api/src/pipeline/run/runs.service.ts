import { Injectable } from '@nestjs/common';
import { v7 as newUuid, v5 as uuidOf } from 'uuid';
import { Partitions } from '../../db/partitions.js';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { addDays, type Day, isoOf, toDay } from '../../domain/calendar/day.js';
import { Clock } from '../../platform/clock.js';
import { InvalidInput } from '../../platform/errors/app-error.js';
import { ReportOrders } from '../../reports/base/report-orders.service.js';
import { BUCKETS, planRanges } from '../../stages/batch.js';
import { type Run, type RunKind, RunRepository } from './run.repository.js';
import { BATCH, type BucketSpan, WALK_IN_DAYS } from './run-spans.js';
import { SpanPlaces } from './span-places.js';

const RUNS = '0c5f0f0e-6c52-5d0b-8a3e-3c5b2f6d7a11';

export interface RunProgress {
  bucketsDone: number;
  accounts: number;
}

export interface DriveOptions {
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
    private readonly places: SpanPlaces,
    private readonly partitions: Partitions,
    private readonly reports: ReportOrders,
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
    if (kind === 'backfill') await this.unitOfWork.run((tx) => this.repository.analyzeGrown(tx));
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
    await this.places.work(run, span, signal);
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
    this.places.beginAnew();
    const spans = await this.spans(run);
    let next = 0;
    const worker = async (): Promise<void> => {
      for (let span = spans[next++]; span && !options.signal?.aborted; span = spans[next++]) {
        await this.workSpan(run, span, options.signal);
        if (options.onProgress) options.onProgress(await this.progress(run.id));
      }
    };
    await Promise.all(Array.from({ length: this.places.askedFor }, worker));
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
      if (run.kind !== 'backfill') await this.places.settleAlerts(tx, run);
      if (run.kind === 'close') await this.repository.setDay(tx, run.fromDay, 'closed', this.clock.now());
      await this.repository.finishRun(tx, run.id, this.clock.now());
      if (run.kind === 'close' || run.kind === 'backfill') await this.reports.ofDays(tx, run.fromDay, run.toDay);
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
}
