import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { addDays, type Day, earlier, toDay } from '../../domain/calendar/day.js';
import { RING_DAYS } from '../../domain/memory/memory.js';
import { type Batch, bucketRange, bucketsOf } from '../../stages/batch.js';
import { type DayRun, DayRuns, type RunBase } from '../../stages/day-run.js';
import { DayBatches, type NamedBase } from './day-batches.js';
import { PastBatches } from './past-batches.js';
import { type Run, RunRepository } from './run.repository.js';
import { SetAside } from './set-aside.service.js';

/**
 * Accounts of a batch: more share the statements better, fewer hold locks and memory for less long. There is room
 * for two buckets of 100,000 accounts, which have 781 on average.
 */
export const BATCH = 840;
/** A backfill walks forward from this many days before its first, so that rings and held states have their past. */
export const WALK_IN_DAYS = RING_DAYS;

/** What every batch of a run rests on is read again after this long at most. */
const BASE_MS = 15_000;

export type BucketSpan = readonly [first: number, last: number];

/** What the batches of a run rest on, and until when, in milliseconds of this process. */
interface KnownBase {
  runId: string;
  names: string;
  base: Promise<RunBase>;
  until: number;
}

/** Works a span of a run's buckets, batch after batch, around accounts that cannot be computed. */
@Injectable()
export class RunSpans {
  private known: KnownBase | null = null;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: RunRepository,
    private readonly day: DayBatches,
    private readonly past: PastBatches,
    private readonly setAside: SetAside,
    private readonly dayRuns: DayRuns,
  ) {}

  /** Whoever drives a whole run starts from the model and the settings of now. */
  beginAnew(): void {
    this.known = null;
  }

  /** On what its batches rested; whoever computed none of them lately reads it. */
  async settleAlerts(tx: Tx, run: Run): Promise<void> {
    const known = this.stillKnown(run, await this.repository.namesInUse(tx));
    await this.day.settleAlerts(tx, known === null ? await this.dayRuns.base(tx) : await known.base);
  }

  /** What is done already is skipped; the rest goes on where it stopped. */
  async work(run: Run, [first, last]: BucketSpan, signal?: AbortSignal): Promise<void> {
    const known = await this.baseOf(run);
    const span = bucketRange(first, last);
    if (run.kind === 'backfill') return this.walk(known.base, run, span, signal);
    const cuts = await this.unitOfWork.run((tx) => this.repository.cuts(tx, span, BATCH));
    // A bucket with more accounts than a batch is computed in several; it is done after the last of them.
    await this.compute(known, run, span, cuts.length > 1 && first === last ? partsOf(span, cuts) : [span], signal);
  }

  /**
   * Spans of a run that follow each other share it, until another model is published or something new is delivered: all
   * accounts are due then, and none may be taken off that list by who computed it as it was before.
   */
  private async baseOf(run: Run): Promise<NamedBase> {
    const names = await this.unitOfWork.run((tx) => this.repository.namesInUse(tx));
    const last = this.stillKnown(run, names);
    if (last !== null) return { names, base: await last.base };
    const base = this.unitOfWork.run((tx) => this.dayRuns.base(tx));
    const known = { runId: run.id, names, base, until: performance.now() + BASE_MS };
    this.known = known;
    base.catch(() => {
      if (this.known === known) this.known = null;
    });
    return { names, base: await base };
  }

  private stillKnown(run: Run, names: string): KnownBase | null {
    const { known } = this;
    const isOfRun = known?.runId === run.id && known.names === names;
    return isOfRun && known.until > performance.now() ? known : null;
  }

  private async compute(base: NamedBase, run: Run, span: Batch, parts: readonly Batch[], signal?: AbortSignal) {
    let accounts = 0;
    for (const part of parts) {
      if (signal?.aborted) return;
      const { done, unfit } = await this.setAside.around(part, (tx, each) => this.day.compute(tx, base, run, each));
      if (unfit.length > 0) await this.unitOfWork.run((tx) => this.setAside.note(tx, unfit));
      if (done.includes(null)) return;
      accounts += done.reduce<number>((sum, computed) => sum + (computed ?? 0), 0);
    }
    await this.unitOfWork.run((tx) => this.tickOff(tx, run, span, accounts));
  }

  private async walk(base: RunBase, run: Run, span: Batch, signal?: AbortSignal): Promise<void> {
    const first = addDays(toDay(run.fromDay), -WALK_IN_DAYS);
    const runOf = this.dayRuns.walk(base, toDay(run.toDay));
    for (let day: Day | null = first; day !== null && day <= toDay(run.toDay); ) {
      if (signal?.aborted) return;
      day = await this.walkDay(run, span, runOf(day), first);
    }
    if (signal?.aborted) return;
    const { unfit } = await this.setAside.around(span, (tx, part) => this.past.endWalk(tx, base, run, part));
    await this.unitOfWork.run(async (tx) => {
      await this.past.leaveOut(tx, unfit);
      await this.tickOff(tx, run, span, null);
    });
  }

  /** Answers the next day to do; null: nobody of the span is left on the walk. */
  private async walkDay(run: Run, span: Batch, dayRun: DayRun, first: Day): Promise<Day | null> {
    const day = dayRun.asOf;
    const { done, unfit } = await this.setAside.around(span, (tx, part) =>
      this.past.walkDay(tx, run, part, dayRun, first),
    );
    const next = done.length === 0 ? null : done.map((walked) => walked.next).reduce(earlier);
    const accounts = done.reduce((sum, walked) => sum + walked.accounts, 0);
    await this.unitOfWork.run(async (tx) => {
      await this.past.leaveOut(tx, unfit);
      // Somebody else was further on: what they ticked off stands.
      if (next === null || next === addDays(day, 1)) await this.past.passDay(tx, run, span, day, accounts);
    });
    return next;
  }

  /** Ticks buckets off whose accounts have been computed, or set aside. Null: their number is known from before. */
  private async tickOff(tx: Tx, run: Run, span: Batch, accounts: number | null): Promise<void> {
    await this.repository.setProgress(tx, run.id, bucketsOf(span), { throughDay: run.toDay, done: true, accounts });
  }
}

function partsOf(span: Batch, cuts: readonly string[]): Batch[] {
  if (span.kind === 'list') return [span];
  const ends = [...cuts.slice(0, -1), span.to];
  return ends.map((to, index) => ({ kind: 'range', from: index === 0 ? span.from : (ends[index - 1] as string), to }));
}
