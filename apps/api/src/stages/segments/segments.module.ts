import { Module } from '@nestjs/common';
import { SegmentsReader } from '../../records/segments/segments.reader.js';
import { FlipConditionsRepository } from './flip-conditions.repository.js';
import { SegmentEvaluation } from './segment-evaluation.service.js';
import { SegmentEvaluationsRepository } from './segment-evaluations.repository.js';
import { SegmentReplayRepository } from './segment-replay.repository.js';
import { SegmentReplay } from './segment-replay.service.js';
import { SegmentSizesRepository } from './segment-sizes.repository.js';
import { SegmentSizes } from './segment-sizes.service.js';
import { SegmentsRepository } from './segments.repository.js';
import { SegmentsStage } from './segments.stage.js';

@Module({
  providers: [
    SegmentsReader,
    SegmentsRepository,
    FlipConditionsRepository,
    SegmentEvaluationsRepository,
    SegmentEvaluation,
    SegmentsStage,
    SegmentReplay,
    SegmentReplayRepository,
    SegmentSizes,
    SegmentSizesRepository,
  ],
  exports: [SegmentsStage, SegmentReplay, SegmentSizes],
})
export class SegmentsStageModule {}
