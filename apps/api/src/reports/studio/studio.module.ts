import { Module } from '@nestjs/common';
import { WorkspaceModule } from '../../records/workspace/workspace.module.js';
import { AccountExplanations } from '../../stages/account-explanations.js';
import { SignalsModule } from '../../stages/signals/signals.module.js';
import { AccountEffects } from './account-effects.js';
import { EffectRepository } from './effect.repository.js';
import { EffectService } from './effect.service.js';
import { FiguresController } from './figures.controller.js';
import { FiguresRepository } from './figures.repository.js';
import { FiguresService } from './figures.service.js';
import { HistoryRepository } from './history.repository.js';
import { HistoryWorker, TrialOfRun } from './history-worker.js';
import { PastOutcomes } from './past-outcomes.js';
import { PastScoring } from './past-scores.js';
import { RunsController } from './runs.controller.js';
import { RunsRepository } from './runs.repository.js';
import { RunsDesk, RunsService, TrialCheck } from './runs.service.js';
import { StudioController } from './studio.controller.js';
import { StudioProcessor } from './studio.processor.js';
import { StudioBase } from './studio-base.js';

/** The health studio: drafts of health profiles, tried on today and on history. */
@Module({
  imports: [WorkspaceModule, SignalsModule],
  controllers: [StudioController, RunsController, FiguresController],
  providers: [
    AccountExplanations,
    AccountEffects,
    EffectRepository,
    EffectService,
    StudioBase,
    FiguresRepository,
    FiguresService,
    HistoryRepository,
    PastOutcomes,
    PastScoring,
    RunsRepository,
    RunsService,
    TrialCheck,
    TrialOfRun,
    RunsDesk,
    HistoryWorker,
    StudioProcessor,
  ],
  exports: [HistoryWorker],
})
export class StudioModule {}
