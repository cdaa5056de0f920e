import { Module } from '@nestjs/common';
import { SegmentsReader } from '../../records/segments/segments.reader.js';
import { SegmentSizesRepository } from './segment-sizes.repository.js';
import { SegmentSizes } from './segment-sizes.service.js';
import { SegmentsRepository } from './segments.repository.js';
import { SegmentsStage } from './segments.stage.js';

@Module({
  providers: [SegmentsReader, SegmentsRepository, SegmentsStage, SegmentSizes, SegmentSizesRepository],
  exports: [SegmentsStage, SegmentSizes],
})
export class SegmentsStageModule {}
