import { Module } from '@nestjs/common';
import { SignalsReader } from '../../records/model/signals.reader.js';
import { WorkspaceModule } from '../../records/workspace/workspace.module.js';
import { SignalTrial } from '../../stages/signal-trial.js';
import { SignalsModule } from '../../stages/signals/signals.module.js';
import { SignalDryRunController } from './signal-dry-run.controller.js';
import { SignalDryRunRepository } from './signal-dry-run.repository.js';
import { SignalDryRunService } from './signal-dry-run.service.js';
import { SignalStandingsService } from './signal-standings.service.js';

/** Signals tried out on today's facts before they are saved. */
@Module({
  imports: [WorkspaceModule, SignalsModule],
  controllers: [SignalDryRunController],
  providers: [SignalDryRunRepository, SignalDryRunService, SignalStandingsService, SignalTrial, SignalsReader],
})
export class ModelTrialsModule {}
