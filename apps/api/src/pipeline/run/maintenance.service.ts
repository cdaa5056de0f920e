import { Injectable } from '@nestjs/common';
import { LEDGER_TABLES, Partitions } from '../../db/partitions.js';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { addDays, isoOf, type Month } from '../../domain/calendar/day.js';
import { addMonths, firstDayOf, lastDayOf, monthOf } from '../../domain/calendar/month.js';
import { Clock } from '../../platform/clock.js';
import { WorkspaceReader } from '../../records/workspace/workspace.reader.js';
import { MaintenanceRepository } from './maintenance.repository.js';

const MONTHS_AHEAD = 2;
/** Next month's ledger rows are made in the last days of this one. */
const SEED_DAYS = 5;
const RUNS_KEPT_MS = 30 * 86_400_000;

/** Makes room for what comes, and thins out what is old. All of it may be repeated at any time. */
@Injectable()
export class Maintenance {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly partitions: Partitions,
    private readonly workspaces: WorkspaceReader,
    private readonly repository: MaintenanceRepository,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    const { today, settings } = await this.workspaces.workspace();
    const month = monthOf(today);
    await this.partitions.ensure(
      [...LEDGER_TABLES, 'account_snapshot'],
      isoOf(addDays(firstDayOf(month), -1)),
      isoOf(addMonths(today, MONTHS_AHEAD)),
    );
    if (lastDayOf(month) - today < SEED_DAYS) {
      const next = isoOf(firstDayOf((month + 1) as Month));
      await this.unitOfWork.run((tx) => this.repository.seedLedger(tx, isoOf(firstDayOf(month)), next));
    }
    const oldest = isoOf(addDays(today, -settings.dailySnapshotDays));
    await this.unitOfWork.run((tx) => this.repository.thinSnapshots(tx, oldest));
    const longAgo = new Date(this.clock.now().getTime() - RUNS_KEPT_MS);
    await this.unitOfWork.run((tx) => this.repository.forgetRuns(tx, longAgo));
  }
}
