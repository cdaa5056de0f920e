import { Module } from '@nestjs/common';
import { AlertRulesReader } from '../../records/alert-rules/alert-rules.reader.js';
import { PendingAlerts } from '../../records/alert-rules/pending-alerts.reader.js';
import { SignalsModule } from '../signals/signals.module.js';
import { AlertEvaluation } from './alert-evaluation.service.js';
import { AlertQuestionsRepository } from './alert-questions.repository.js';
import { AlertReleasesRepository } from './alert-releases.repository.js';
import { AlertReleases } from './alert-releases.service.js';
import { AlertWriter } from './alert-writer.service.js';
import { AlertsRepository } from './alerts.repository.js';
import { AlertsStage } from './alerts.stage.js';

@Module({
  imports: [SignalsModule],
  providers: [
    AlertRulesReader,
    PendingAlerts,
    AlertEvaluation,
    AlertQuestionsRepository,
    AlertWriter,
    AlertReleasesRepository,
    AlertReleases,
    AlertsRepository,
    AlertsStage,
  ],
  exports: [AlertReleases, AlertsStage],
})
export class AlertsStageModule {}
