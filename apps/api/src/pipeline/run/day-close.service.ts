import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { addDays, type Day, earlier, isoOf, later, toDay } from '../../domain/calendar/day.js';
import { Clock } from '../../platform/clock.js';
import { ReportOrders } from '../../reports/base/report-orders.service.js';
import type { Batch } from '../../stages/batch.js';
import type { RunBase } from '../../stages/day-run.js';
import { SegmentSizes } from '../../stages/segments/segment-sizes.service.js';
import { PastBatches } from './past-batches.js';
import { type DueAccount, type Run, RunRepository } from './run.repository.js';
import { type DriveOptions, Runs } from './runs.service.js';
import { SetAside } from './set-aside.service.js';
import { WorkspaceDay } from './workspace-day.js';

/** Accounts whose past days are rebuilt in one transaction. */
const REBUILD_LIST = 100;
/** Late facts come in bursts: an account is not rebuilt by day before it has been left alone for so long. */
const QUIET_MS = 3_600_000;

/**
 * Closes the days that have ended, oldest first, then computes all accounts for the new day. Nothing is scheduled at
 * midnight: whoever asks compares the workspace's day with the days that are closed, so that a day is closed however
 * long nobody asked, and where midnight does not exist.
 */
@Injectable()
export class DayClose {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: RunRepository,
    private readonly days: WorkspaceDay,
    private readonly runs: Runs,
    private readonly segmentSizes: SegmentSizes,
    private readonly clock: Clock,
  ) {}

  /** The run that has to be done next: the close of the oldest day that ended, else the first of today. Null: none. */
  async nextRun(): Promise<Run | null> {
    const { today, open } = await this.unitOfWork.run((tx) => this.days.now(tx));
    await this.unitOfWork.run((tx) => this.segmentSizes.write(tx, isoOf(addDays(open, -1))));
    if (open < today) {
      await this.unitOfWork.run((tx) => this.repository.setDay(tx, isoOf(open), 'running', this.clock.now()));
      return this.runs.start('close', { from: open, to: open });
    }
    const first = await this.runs.start('open', { from: today, to: today });
    return (await this.runs.find(first.id))?.isFinished ? null : first;
  }

  /** Closes whatever is due in this process. Answers the last run that it did; null where nothing was due. */
  async catchUp(options: DriveOptions = {}): Promise<Run | null> {
    let last: Run | null = null;
    for (let run = await this.nextRun(); run && !options.signal?.aborted; run = await this.nextRun()) {
      await this.runs.drive(run, options);
      last = run;
    }
    return last;
  }
}

interface LateList {
  stale: DueAccount[];
  /** Those of them that have days to rebuild, from `from` on; before `reach` days are only marked. */
  kept: string[];
  from: Day;
  reach: Day;
  open: Day;
}

/** Rebuilds the closed days that late facts have touched. */
@Injectable()
export class LateFacts {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: RunRepository,
    private readonly batches: PastBatches,
    private readonly days: WorkspaceDay,
    private readonly setAside: SetAside,
    private readonly reports: ReportOrders,
  ) {}

  /** The instant by which accounts were touched that have been left alone since; null where there are none. */
  async quietSince(): Promise<Date | null> {
    return this.unitOfWork.run(async (tx) => {
      const { at } = await this.days.now(tx);
      const markedBy = new Date(at.getTime() - QUIET_MS);
      return (await this.repository.staleAccounts(tx, markedBy, 1)).length > 0 ? markedBy : null;
    });
  }

  /**
   * Of accounts that were touched by an instant, or of all. Days older than the workspace's reach are marked, and wait
   * for a backfill. Answers the number of accounts.
   */
  async rebuild({ markedBy = null, signal }: { markedBy?: Date | null; signal?: AbortSignal } = {}): Promise<number> {
    let accounts = 0;
    const base = await this.unitOfWork.run((tx) => this.batches.base(tx));
    while (!signal?.aborted) {
      const next = await this.unitOfWork.run((tx) => this.next(tx, base, markedBy));
      if (next === null || !(await this.rebuildList(base, next))) break;
      accounts += next.stale.length;
    }
    return accounts;
  }

  private async next(tx: Tx, base: RunBase, markedBy: Date | null): Promise<LateList | null> {
    const stale = await this.repository.staleAccounts(tx, markedBy, REBUILD_LIST);
    if (stale.length === 0) return null;
    const { open } = await this.days.now(tx);
    const reach = addDays(open, -base.workspace.settings.lateFactDays);
    const from = stale.map(({ sinceDay }) => later(toDay(sinceDay), reach)).reduce(earlier);
    // An account that has just come with its past has no days to rebuild.
    const kept = await this.repository.withSnapshots(tx, stale, isoOf(from), isoOf(open));
    return { stale, kept, from, reach, open };
  }

  /** False: a backfill is on its way, and everything waits for it. */
  private async rebuildList(base: RunBase, { stale, kept, from, reach, open }: LateList): Promise<boolean> {
    const list: Batch = { kind: 'list', ids: kept };
    const { done, unfit } =
      kept.length === 0
        ? { done: [], unfit: [] }
        : await this.setAside.around(list, (tx, part) => this.batches.rebuild(tx, base, part, from));
    if (done.includes(false)) return false;
    const left = new Set(unfit.map(({ accountId }) => accountId));
    await this.unitOfWork.run(async (tx) => {
      await this.repository.markSnapshotsStale(tx, stale, isoOf(reach));
      await this.setAside.note(tx, unfit);
      const unbuilt = stale.filter(({ accountId }) => left.has(accountId));
      await this.repository.markSnapshotsStale(tx, unbuilt, isoOf(open));
      await this.reports.ofAccounts(tx, stale);
      await this.repository.forgetStale(tx, stale);
    });
    return true;
  }
}
