import { Module } from '@nestjs/common';
import { StateModule } from '../state/state.module.js';
import { TiersRepository } from './tiers.repository.js';
import { TiersStage } from './tiers.stage.js';

@Module({ imports: [StateModule], providers: [TiersRepository, TiersStage], exports: [TiersStage] })
export class TiersModule {}
