import { Module } from '@nestjs/common';
import { Partitions } from '../../db/partitions.js';
import { UsageLedgerUpkeep } from '../../intake/facts/usage-ledger-upkeep.js';
import { ReportBaseModule } from '../../reports/base/report-base.module.js';
import { AlertsStageModule } from '../../stages/alerts/alerts.module.js';
import { GoalsStageModule } from '../../stages/goals/goals.module.js';
import { HealthStageModule } from '../../stages/health/health.module.js';
import { LifecycleModule } from '../../stages/lifecycle/lifecycle.module.js';
import { ModelModule } from '../../stages/model/model.module.js';
import { RenewalsStageModule } from '../../stages/renewals/renewals.module.js';
import { SegmentsStageModule } from '../../stages/segments/segments.module.js';
import { SignalsModule } from '../../stages/signals/signals.module.js';
import { StateModule } from '../../stages/state/state.module.js';
import { TiersModule } from '../../stages/tiers/tiers.module.js';
import { DayBatches } from './day-batches.js';
import { DayClose, LateFacts } from './day-close.service.js';
import { DayRunner } from './day-runner.js';
import { LiveBatch } from './live-batch.js';
import { LiveRefresh } from './live-refresh.service.js';
import { MaintenanceRepository } from './maintenance.repository.js';
import { Maintenance } from './maintenance.service.js';
import { PastBatches } from './past-batches.js';
import { Replay } from './replay.service.js';
import { ReplayBatches } from './replay-batches.js';
import { RunRepository } from './run.repository.js';
import { RunSpans } from './run-spans.js';
import { Runs } from './runs.service.js';
import { ScoreStages } from './score-stages.js';
import { SetAsideRepository } from './set-aside.repository.js';
import { SetAside } from './set-aside.service.js';
import { SpanPlaces } from './span-places.js';
import { Stages } from './stages.js';
import { WorkspaceDay } from './workspace-day.js';

/** What computes: the stages in their order, over batches, for today, for days that end, and for days past. */
@Module({
  imports: [
    ModelModule,
    StateModule,
    SignalsModule,
    TiersModule,
    HealthStageModule,
    LifecycleModule,
    RenewalsStageModule,
    SegmentsStageModule,
    AlertsStageModule,
    GoalsStageModule,
    ReportBaseModule,
  ],
  providers: [
    Partitions,
    UsageLedgerUpkeep,
    RunRepository,
    MaintenanceRepository,
    SetAsideRepository,
    SetAside,
    WorkspaceDay,
    ScoreStages,
    Stages,
    DayRunner,
    LiveBatch,
    LiveRefresh,
    DayBatches,
    PastBatches,
    RunSpans,
    SpanPlaces,
    Runs,
    DayClose,
    LateFacts,
    Replay,
    ReplayBatches,
    Maintenance,
  ],
  exports: [DayRunner, LiveRefresh, Runs, RunSpans, DayClose, LateFacts, Replay, Maintenance, SetAside],
})
export class RunModule {}
