import { Module } from '@nestjs/common';
import { DayRuns } from '../day-run.js';
import { StateModule } from '../state/state.module.js';
import { FactsLoader } from './facts.loader.js';
import { FactsRepository } from './facts.repository.js';
import { SignalsStage } from './signals.stage.js';
import { SourcesRepository } from './sources.repository.js';

@Module({
  imports: [StateModule],
  providers: [FactsRepository, FactsLoader, SourcesRepository, DayRuns, SignalsStage],
  exports: [FactsLoader, DayRuns, SignalsStage],
})
export class SignalsModule {}
