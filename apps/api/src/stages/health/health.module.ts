import { Module } from '@nestjs/common';
import { StateModule } from '../state/state.module.js';
import { HealthRepository } from './health.repository.js';
import { HealthStage } from './health.stage.js';

@Module({ imports: [StateModule], providers: [HealthRepository, HealthStage], exports: [HealthStage] })
export class HealthStageModule {}
