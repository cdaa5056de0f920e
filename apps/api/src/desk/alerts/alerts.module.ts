import { Module } from '@nestjs/common';
import { RulesModule } from '../../db/rules/rules.module.js';
import { AccountsAlertsRepository } from './accounts-alerts.repository.js';
import { AccountsAlerts } from './accounts-alerts.service.js';
import { AlertsController } from './alerts.controller.js';
import { AlertsRepository } from './alerts.repository.js';
import { AlertsService } from './alerts.service.js';
import { CurrentValuesRepository } from './current-values.repository.js';
import { ShownAlerts } from './shown-alerts.service.js';
import { TriageRepository } from './triage.repository.js';
import { TriageService } from './triage.service.js';
import { TriageWorld } from './triage-world.js';

/** Alerts as people work with them. Those that rules raise come from the pipeline. */
@Module({
  imports: [RulesModule],
  controllers: [AlertsController],
  providers: [
    AlertsRepository,
    AlertsService,
    AccountsAlerts,
    AccountsAlertsRepository,
    CurrentValuesRepository,
    ShownAlerts,
    TriageRepository,
    TriageService,
    TriageWorld,
  ],
  exports: [AccountsAlerts],
})
export class AlertsModule {}
