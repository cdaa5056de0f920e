import { Module } from '@nestjs/common';
import { StateModule } from '../state/state.module.js';
import { LifecycleRepository } from './lifecycle.repository.js';
import { LifecycleStage } from './lifecycle.stage.js';

@Module({ imports: [StateModule], providers: [LifecycleRepository, LifecycleStage], exports: [LifecycleStage] })
export class LifecycleModule {}
