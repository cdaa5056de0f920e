import { Module } from '@nestjs/common';
import { SegmentsReader } from '../../records/segments/segments.reader.js';
import { StateModule } from '../state/state.module.js';
import { SegmentsRepository } from './segments.repository.js';
import { SegmentsStage } from './segments.stage.js';

@Module({
  imports: [StateModule],
  providers: [SegmentsReader, SegmentsRepository, SegmentsStage],
  exports: [SegmentsStage],
})
export class SegmentsStageModule {}
