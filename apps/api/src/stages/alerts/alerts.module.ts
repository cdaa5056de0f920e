import { Module } from '@nestjs/common';
import { AlertRulesReader } from '../../records/alert-rules/alert-rules.reader.js';
import { PendingAlerts } from '../../records/alert-rules/pending-alerts.reader.js';
import { SegmentsReader } from '../../records/segments/segments.reader.js';
import { SignalsModule } from '../signals/signals.module.js';
import { AlertAnswersRepository } from './alert-answers.repository.js';
import { AlertEvaluation } from './alert-evaluation.service.js';
import { AlertFiringRepository } from './alert-firing.repository.js';
import { AlertQuestionsRepository } from './alert-questions.repository.js';
import { AlertReleasesRepository } from './alert-releases.repository.js';
import { AlertReleases } from './alert-releases.service.js';
import { AlertReplayRepository } from './alert-replay.repository.js';
import { AlertReplay } from './alert-replay.service.js';
import { AlertWriter } from './alert-writer.service.js';
import { AlertsRepository } from './alerts.repository.js';
import { AlertsStage } from './alerts.stage.js';

@Module({
  imports: [SignalsModule],
  providers: [
    AlertRulesReader,
    PendingAlerts,
    SegmentsReader,
    AlertAnswersRepository,
    AlertEvaluation,
    AlertFiringRepository,
    AlertQuestionsRepository,
    AlertWriter,
    AlertReleasesRepository,
    AlertReleases,
    AlertReplayRepository,
    AlertReplay,
    AlertsRepository,
    AlertsStage,
  ],
  exports: [AlertReleases, AlertReplay, AlertsStage],
})
export class AlertsStageModule {}
