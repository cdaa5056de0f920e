import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { addDays, type Day, isoOf } from '../../domain/calendar/day.js';
import { InvalidInput } from '../../platform/errors/app-error.js';
import { AlertReplay } from '../../stages/alerts/alert-replay.service.js';
import { BUCKETS, bucketRange, bucketsOf, planRanges } from '../../stages/batch.js';
import { DayRuns } from '../../stages/day-run.js';
import { StateRepository } from '../../stages/state/state.repository.js';
import { RunRepository } from './run.repository.js';
import { BATCH } from './run-spans.js';
import { WorkspaceDay } from './workspace-day.js';

export interface ReplayOptions {
  signal?: AbortSignal;
  /** Called with the part that is done, in [0, 1]. */
  onProgress?: (share: number) => void;
}

/**
 * Makes the alerts of closed days from the history that stands, in the order of the days. It sends nothing, and refuses
 * where people have lived through these days. Broken off, it is begun again from its first day.
 */
@Injectable()
export class Replay {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: RunRepository,
    private readonly days: WorkspaceDay,
    private readonly dayRuns: DayRuns,
    private readonly states: StateRepository,
    private readonly alerts: AlertReplay,
  ) {}

  async run(from: Day, to: Day, { signal, onProgress }: ReplayOptions = {}): Promise<void> {
    if (to < from) throw new InvalidInput('The last day lies before the first.', [], 'DAYS_REVERSED');
    const base = await this.unitOfWork.run(async (tx) => {
      const { open } = await this.days.now(tx);
      if (to >= open) {
        throw new InvalidInput(`The last day that is closed is ${isoOf(addDays(open, -1))}.`, [], 'DAY_NOT_CLOSED');
      }
      await this.alerts.refuseWhereLived(tx, from);
      return this.dayRuns.base(tx);
    });
    const counts = await this.unitOfWork.run((tx) => this.repository.bucketCounts(tx));
    const all = Array.from({ length: BUCKETS }, (_, bucket) => bucket);
    const ranges = planRanges(counts, all, BATCH);
    for (const [index, [first, last]] of ranges.entries()) {
      const batch = bucketRange(first, last);
      for (let day = from; day <= to; day = addDays(day, 1)) {
        signal?.throwIfAborted();
        const dayRun = this.dayRuns.day(base, day, { table: 'account_rebuild', isComplete: true });
        await this.unitOfWork.run(async (tx) => {
          await this.states.lockBuckets(tx, bucketsOf(batch));
          if (day === from) await this.alerts.clear(tx, batch, from);
          await this.alerts.replay(tx, batch, dayRun);
        });
        onProgress?.((index + (day - from + 1) / (to - from + 1)) / ranges.length);
      }
    }
    // Today goes on from what was made; what else holds today was true at start.
    await this.unitOfWork.run(async (tx) => {
      const { at, open } = await this.days.now(tx);
      await this.repository.markAllDue(tx, isoOf(open), at);
    });
  }
}
