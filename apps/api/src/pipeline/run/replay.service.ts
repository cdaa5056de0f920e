import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { addDays, type Day, isoOf } from '../../domain/calendar/day.js';
import { Conflict, InvalidInput } from '../../platform/errors/app-error.js';
import { AlertReplay } from '../../stages/alerts/alert-replay.service.js';
import { type Batch, BUCKETS, bucketRange, bucketsOf, planRanges } from '../../stages/batch.js';
import { DayRuns, type RunBase } from '../../stages/day-run.js';
import { SegmentReplay } from '../../stages/segments/segment-replay.service.js';
import { SegmentSizes } from '../../stages/segments/segment-sizes.service.js';
import { StateRepository } from '../../stages/state/state.repository.js';
import { RunRepository } from './run.repository.js';
import { BATCH } from './run-spans.js';
import { WorkspaceDay } from './workspace-day.js';

interface Walk {
  base: RunBase;
  from: Day;
  /** Alerts are made through this day, memberships through the last one that is closed. */
  to: Day;
  closed: Day;
  /** The first day with snapshots; null: there are none. */
  first: Day | null;
}

export interface ReplayOptions {
  signal?: AbortSignal;
  /** Called with the part that is done, in [0, 1]. */
  onProgress?: (share: number) => void;
}

/**
 * Makes the memberships of segments and the alerts of closed days from the history that stands, in the order of the days.
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
    private readonly dayRuns: DayRuns,
    private readonly states: StateRepository,
    private readonly segments: SegmentReplay,
    private readonly sizes: SegmentSizes,
    private readonly alerts: AlertReplay,
  ) {}

  async run(from: Day, to: Day, { signal, onProgress }: ReplayOptions = {}): Promise<void> {
    if (to < from) throw new InvalidInput('The last day lies before the first.', [], 'DAYS_REVERSED');
    const walk = await this.unitOfWork.run((tx) => this.prepare(tx, from, to));
    const counts = await this.unitOfWork.run((tx) => this.repository.bucketCounts(tx));
    const all = Array.from({ length: BUCKETS }, (_, bucket) => bucket);
    const ranges = planRanges(counts, all, BATCH);
    for (const [index, [first, last]] of ranges.entries()) {
      const onDay = (share: number) => {
        signal?.throwIfAborted();
        onProgress?.((index + share) / ranges.length);
      };
      await this.unitOfWork.run((tx) => this.walkBatch(tx, bucketRange(first, last), walk, onDay));
    }
    const { first: known, closed } = walk;
    if (known !== null) await this.unitOfWork.run((tx) => this.sizes.rewrite(tx, known, closed));
    // Today goes on from what was made; what else holds today was true at start.
    await this.unitOfWork.run(async (tx) => {
      const { at, open } = await this.days.now(tx);
      await this.repository.markAllDue(tx, isoOf(open), at);
    });
  }

  private async prepare(tx: Tx, from: Day, to: Day): Promise<Walk> {
    const { at, open } = await this.days.now(tx);
    const closed = addDays(open, -1);
    if (to > closed) throw new InvalidInput(`The last day that is closed is ${isoOf(closed)}.`, [], 'DAY_NOT_CLOSED');
    const base = await this.dayRuns.base(tx);
    await this.alerts.refuseWhereLived(tx, from);
    await this.segments.refuseWhereLived(tx, { from, to: closed }, base.workspace.timeZone);
    // The workspace begins on the first of these days: who is met on later ones was not there before.
    await this.repository.setDay(tx, isoOf(addDays(from, -1)), 'closed', at);
    return { base, from, to, closed, first: await this.segments.firstKnown(tx, { from, to: closed }) };
  }

  private async walkBatch(tx: Tx, batch: Batch, walk: Walk, onDay: (share: number) => void): Promise<void> {
    const { base, from, to, closed } = walk;
    await this.states.lockBuckets(tx, bucketsOf(batch));
    if ((await this.days.now(tx)).open > addDays(closed, 1)) {
      throw new Conflict('DAY_ENDED', 'A day has ended meanwhile: begin again.');
    }
    const walked = await this.segments.begin(tx, batch, { from, to: closed }, base.model);
    await this.alerts.clear(tx, batch, from);
    for (let day = from; day <= closed; day = addDays(day, 1)) {
      const dayRun = this.dayRuns.day(base, day, { table: 'account_rebuild', isComplete: true });
      const accounts = await this.states.withSnapshot(tx, batch, dayRun.iso);
      if (accounts.size > 0) {
        await this.segments.replay(tx, batch, dayRun, { accounts, isFirst: day === walk.first });
        if (day <= to) await this.alerts.replay(tx, batch, dayRun, [...accounts]);
      }
      onDay((day - from + 1) / (closed - from + 1));
    }
    const running = this.dayRuns.day(base, addDays(closed, 1), { table: 'account_state', isComplete: false });
    await this.segments.end(tx, batch, running, walked);
  }
}
