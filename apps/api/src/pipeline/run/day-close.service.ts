import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { addDays, earlier, isoOf, later, toDay } from '../../domain/calendar/day.js';
import { Clock } from '../../platform/clock.js';
import { DayRuns } from '../../stages/day-run.js';
import { type Run, RunRepository } from './run.repository.js';
import { RunBatches } from './run-batches.js';
import { type DriveOptions, Runs } from './runs.service.js';
import { WorkspaceDay } from './workspace-day.js';

/** Accounts whose past days are rebuilt in one transaction. */
const REBUILD_LIST = 100;

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
    private readonly clock: Clock,
  ) {}

  /** The run that has to be done next: the close of the oldest day that ended, else the first of today. Null: none. */
  async nextRun(): Promise<Run | null> {
    const { today, open } = await this.unitOfWork.run((tx) => this.days.now(tx));
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

/** Rebuilds the closed days that late facts have touched. */
@Injectable()
export class LateFacts {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: RunRepository,
    private readonly dayRuns: DayRuns,
    private readonly batches: RunBatches,
    private readonly days: WorkspaceDay,
  ) {}

  /** Days older than the workspace's reach are marked, and wait for a backfill. Answers the number of accounts. */
  async rebuild(signal?: AbortSignal): Promise<number> {
    let accounts = 0;
    const base = await this.unitOfWork.run((tx) => this.dayRuns.base(tx));
    while (!signal?.aborted) {
      const done = await this.unitOfWork.run(async (tx) => {
        const stale = await this.repository.staleAccounts(tx, REBUILD_LIST);
        if (stale.length === 0) return 0;
        const { open } = await this.days.now(tx);
        const reach = addDays(open, -base.workspace.settings.lateFactDays);
        const from = stale.map(({ sinceDay }) => later(toDay(sinceDay), reach)).reduce(earlier);
        await this.repository.markSnapshotsStale(tx, stale, isoOf(reach));
        // An account that has just come with its past has no days to rebuild.
        const kept = await this.repository.withSnapshots(tx, stale, isoOf(from), isoOf(open));
        if (kept.length > 0 && !(await this.batches.rebuild(tx, base, kept, from))) return 0;
        await this.repository.forgetStale(tx, stale);
        return stale.length;
      });
      if (done === 0) break;
      accounts += done;
    }
    return accounts;
  }
}
