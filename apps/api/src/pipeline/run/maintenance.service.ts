import { Injectable } from '@nestjs/common';
import { Partitions } from '../../db/partitions.js';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { addDays, isoOf } from '../../domain/calendar/day.js';
import { addMonths } from '../../domain/calendar/month.js';
import { UsageLedgerUpkeep } from '../../intake/facts/usage-ledger-upkeep.js';
import { Clock } from '../../platform/clock.js';
import { WorkspaceReader } from '../../records/workspace/workspace.reader.js';
import { MaintenanceRepository } from './maintenance.repository.js';

const MONTHS_AHEAD = 2;
/** As far back as rules look for events and moves. */
const SEGMENT_EVENT_DAYS = 400;
const RUNS_KEPT_MS = 30 * 86_400_000;

/** Makes room for what comes, and thins out what is old. All of it may be repeated at any time. */
@Injectable()
export class Maintenance {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly partitions: Partitions,
    private readonly ledger: UsageLedgerUpkeep,
    private readonly workspaces: WorkspaceReader,
    private readonly repository: MaintenanceRepository,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    const { today, settings } = await this.workspaces.workspace();
    await this.ledger.tend(today, this.clock.now());
    await this.partitions.ensure(['account_snapshot'], isoOf(today), isoOf(addMonths(today, MONTHS_AHEAD)));
    const oldest = isoOf(addDays(today, -settings.dailySnapshotDays));
    await this.unitOfWork.run((tx) => this.repository.thinSnapshots(tx, oldest));
    const moved = isoOf(addDays(today, -SEGMENT_EVENT_DAYS));
    while (await this.unitOfWork.run((tx) => this.repository.forgetSegmentEvents(tx, moved)));
    const longAgo = new Date(this.clock.now().getTime() - RUNS_KEPT_MS);
    await this.unitOfWork.run((tx) => this.repository.forgetRuns(tx, longAgo));
    await this.unitOfWork.run((tx) => this.repository.forgetSignIns(tx, this.clock.now()));
  }
}
