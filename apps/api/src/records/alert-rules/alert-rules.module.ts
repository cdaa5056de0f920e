import { Module } from '@nestjs/common';
import { RulesModule } from '../../db/rules/rules.module.js';
import { AlertQualityRepository } from './alert-quality.repository.js';
import { AlertQualityService } from './alert-quality.service.js';
import { AlertRuleChanges } from './alert-rule-changes.js';
import { AlertRulesController } from './alert-rules.controller.js';
import { AlertRulesRepository } from './alert-rules.repository.js';
import { AlertRulesService } from './alert-rules.service.js';
import { DryRunRepository } from './dry-run.repository.js';
import { DryRunService } from './dry-run.service.js';
import { PendingAlerts } from './pending-alerts.reader.js';

/** Alert rules as people keep them, with what they would find and how good they were. */
@Module({
  imports: [RulesModule],
  controllers: [AlertRulesController],
  providers: [
    AlertQualityRepository,
    AlertQualityService,
    AlertRuleChanges,
    AlertRulesRepository,
    AlertRulesService,
    DryRunRepository,
    DryRunService,
    PendingAlerts,
  ],
})
export class AlertRulesModule {}
