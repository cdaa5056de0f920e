import { Module } from '@nestjs/common';
import { AlertRulesReader } from '../../records/alert-rules/alert-rules.reader.js';
import { AlertEvaluation } from './alert-evaluation.service.js';
import { AlertQuestionsRepository } from './alert-questions.repository.js';
import { AlertWriter } from './alert-writer.service.js';
import { AlertsRepository } from './alerts.repository.js';
import { AlertsStage } from './alerts.stage.js';

@Module({
  providers: [AlertRulesReader, AlertEvaluation, AlertQuestionsRepository, AlertWriter, AlertsRepository, AlertsStage],
  exports: [AlertsStage],
})
export class AlertsStageModule {}
