import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { addDays, type Day, isoOf } from '../../domain/calendar/day.js';
import { InvalidInput } from '../../platform/errors/app-error.js';
import { ReportOrders } from '../../reports/base/report-orders.service.js';
import type { AnswerOf } from '../../stages/alerts/alert-replay.service.js';
import { BUCKETS, bucketRange, planRanges } from '../../stages/batch.js';
import type { DayOfDoing } from '../../stages/goals/goal-replay.service.js';
import { SegmentSizes } from '../../stages/segments/segment-sizes.service.js';
import { ReplayBatches, type ReplayWalk } from './replay-batches.js';
import { RunRepository } from './run.repository.js';
import { BATCH } from './run-spans.js';
import { WorkspaceDay } from './workspace-day.js';

export interface ReplayOptions {
  /** When people would have done a task, of a company that is made up. */
  dayOfDoing?: DayOfDoing;
  /** How they would have answered an alert. */
  answerOf?: AnswerOf;
  signal?: AbortSignal;
  /** Called with the part that is done, in [0, 1]. */
  onProgress?: (share: number) => void;
}

/**
 * Makes the memberships of segments, the alerts and the goals of closed days from the history that stands, in the order of the days.
 * It sends nothing, and refuses where people have lived through these days. Memberships are made through yesterday, so
 * that they lead to those of today. Accounts are gone through in batches, each whole or not at all: whoever else does the
 * same, or is broken off and begins again, comes to the same.
 */
@Injectable()
export class Replay {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: RunRepository,
    private readonly days: WorkspaceDay,
    private readonly batches: ReplayBatches,
    private readonly sizes: SegmentSizes,
    private readonly reports: ReportOrders,
  ) {}

  /** So many days that are closed, the last of them included. */
  async recent(days: number, options: ReplayOptions = {}): Promise<void> {
    const { open } = await this.unitOfWork.run((tx) => this.days.now(tx));
    await this.run(addDays(open, -days), addDays(open, -1), options);
  }

  async run(from: Day, to: Day, { signal, onProgress, dayOfDoing, answerOf }: ReplayOptions = {}): Promise<void> {
    if (to < from) throw new InvalidInput('The last day lies before the first.', [], 'DAYS_REVERSED');
    const prepared = await this.unitOfWork.run((tx) => this.prepare(tx, from, to));
    const walk = { ...prepared, dayOfDoing: dayOfDoing ?? null, answerOf: answerOf ?? null };
    const counts = await this.unitOfWork.run((tx) => this.repository.bucketCounts(tx));
    const all = Array.from({ length: BUCKETS }, (_, bucket) => bucket);
    const ranges = planRanges(counts, all, BATCH);
    try {
      for (const [index, [first, last]] of ranges.entries()) {
        const onDay = (share: number) => {
          signal?.throwIfAborted();
          onProgress?.((index + share) / ranges.length);
        };
        await this.unitOfWork.run((tx) => this.batches.walk(tx, bucketRange(first, last), walk, onDay));
      }
    } finally {
      await this.settle(walk);
    }
  }

  /** Also after a part of the batches: what they were taken is found again. */
  private async settle({ first, from, closed }: ReplayWalk): Promise<void> {
    if (first !== null) await this.unitOfWork.run((tx) => this.sizes.rewrite(tx, first, closed));
    // Today goes on from what was made; what else holds today was true at start.
    await this.unitOfWork.run(async (tx) => {
      const { at, open } = await this.days.now(tx);
      await this.repository.markAllDue(tx, isoOf(open), at);
      await this.reports.ofDays(tx, isoOf(from), isoOf(closed));
    });
  }

  private async prepare(tx: Tx, from: Day, to: Day): Promise<Omit<ReplayWalk, 'dayOfDoing' | 'answerOf'>> {
    const { at, open } = await this.days.now(tx);
    const closed = addDays(open, -1);
    if (to > closed) throw new InvalidInput(`The last day that is closed is ${isoOf(closed)}.`, [], 'DAY_NOT_CLOSED');
    const base = await this.batches.base(tx);
    await this.batches.refuseWhereLived(tx, { from, to: closed }, base.workspace.timeZone);
    // The workspace begins on the first of these days: who is met on later ones was not there before.
    await this.repository.setDay(tx, isoOf(addDays(from, -1)), 'closed', at);
    return { base, from, to, closed, first: await this.batches.firstKnown(tx, { from, to: closed }) };
  }
}
