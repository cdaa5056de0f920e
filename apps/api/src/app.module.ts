import { type DynamicModule, Module } from '@nestjs/common';
import { ConnectionBudget } from './db/connection-budget.js';
import { DatabaseProbe } from './db/database.probe.js';
import { DbModule } from './db/db.module.js';
import { SetAsideProbe } from './db/set-aside.probe.js';
import { AccountExportsModule } from './desk/account-exports/account-exports.module.js';
import { AccountListModule } from './desk/account-list/account-list.module.js';
import { AccountPageModule } from './desk/account-page/account-page.module.js';
import { AlertsModule } from './desk/alerts/alerts.module.js';
import { BriefModule } from './desk/brief/brief.module.js';
import { BulkModule } from './desk/bulk/bulk.module.js';
import { DealsModule } from './desk/deals/deals.module.js';
import { FirstStepsModule } from './desk/first-steps/first-steps.module.js';
import { GoalsModule } from './desk/goals/goals.module.js';
import { LiveModule } from './desk/live/live.module.js';
import { NotificationsModule } from './desk/notifications/notifications.module.js';
import { PlaybookRunsModule } from './desk/playbooks/playbook-runs.module.js';
import { PulseGapsModule } from './desk/pulse-gaps/pulse-gaps.module.js';
import { RenewalsModule } from './desk/renewals/renewals.module.js';
import { ReportSchedulesModule } from './desk/report-schedules/report-schedules.module.js';
import { TasksModule } from './desk/tasks/tasks.module.js';
import { TimelineModule } from './desk/timeline/timeline.module.js';
import { TodayModule } from './desk/today/today.module.js';
import { ViewsModule } from './desk/views/views.module.js';
import { IntakeApiModule } from './intake/api/intake-api.module.js';
import { ContactsModule } from './intake/contacts/contacts.module.js';
import { ImportsModule } from './intake/imports/imports.module.js';
import { QuarantineModule } from './intake/quarantine/quarantine.module.js';
import { SourcesModule } from './intake/sources/sources.module.js';
import { QueueModule, QueueProbe } from './pipeline/base/queue.module.js';
import { RunJobsModule } from './pipeline/run/run-jobs.module.js';
import { RunThreadOptions } from './pipeline/run/run-threads.js';
import { RunThreadsModule } from './pipeline/run/run-threads.module.js';
import { AuditLogModule } from './platform/audit/audit-log.module.js';
import { AuthModule } from './platform/auth/auth.module.js';
import { ClockModule } from './platform/clock.js';
import type { Config } from './platform/config/config.js';
import { ConfigModule } from './platform/config/config.module.js';
import { HealthModule } from './platform/health/health.module.js';
import { log } from './platform/logging/log.js';
import { ShutdownModule } from './platform/shutdown.js';
import { PlanModule } from './records/account-plan/plan.module.js';
import { AccountsModule } from './records/accounts/accounts.module.js';
import { AlertRulesModule } from './records/alert-rules/alert-rules.module.js';
import { BuiltInAlertRulesModule } from './records/alert-rules/built-in-alert-rules.module.js';
import { ApiKeysModule } from './records/api-keys/api-keys.module.js';
import { AuditModule } from './records/audit/audit.module.js';
import { ContactRightsModule } from './records/contacts/contact-rights.module.js';
import { SalesListsModule } from './records/deals/sales-lists.module.js';
import { LeavingModule } from './records/leaving/leaving.module.js';
import { PublishedModelModule } from './records/model/published-model.module.js';
import { BuiltInPlaybooksModule } from './records/playbooks/built-in-playbooks.module.js';
import { PlaybooksModule } from './records/playbooks/playbooks.module.js';
import { PulseModule } from './records/pulse/pulse.module.js';
import { SegmentsModule } from './records/segments/segments.module.js';
import { SessionsModule } from './records/sessions/sessions.module.js';
import { TouchTemplatesModule } from './records/touch-templates/touch-templates.module.js';
import { TouchpointsModule } from './records/touchpoints/touchpoints.module.js';
import { UsersModule } from './records/users/users.module.js';
import { ExchangeRatesModule } from './records/workspace/exchange-rates.module.js';
import { WorkspaceModule } from './records/workspace/workspace.module.js';
import { ReportJobsModule } from './reports/base/report-jobs.module.js';
import { LifecycleReportModule } from './reports/lifecycle/lifecycle-report.module.js';
import { ModelTrialsModule } from './reports/model/model-trials.module.js';
import { PortfolioModule } from './reports/portfolio/portfolio.module.js';
import { RevenueReportModule } from './reports/revenue/revenue-report.module.js';
import { StudioModule } from './reports/studio/studio.module.js';
import { TiersReportModule } from './reports/tiers/tiers-report.module.js';
import { SampleModule } from './sample/sample.module.js';

export type Door = 'api' | 'worker' | 'cli';

/** All of the product. Its doors (HTTP, jobs, commands) open the same modules. */
@Module({})
export class AppModule {
  /** @param runThread what further threads run; without it whole runs are computed in one */
  static for(door: Door, config: Config, { runThread }: { runThread?: URL } = {}): DynamicModule {
    return {
      module: AppModule,
      providers: [ConnectionBudget],
      imports: [
        ConfigModule.with(config),
        ClockModule,
        ShutdownModule,
        DbModule.forRoot({
          url: config.database.url,
          poolSize: config.database.poolSize,
          applicationName: `steward ${door}`,
          onPoolError: (error) => log.warn({ err: error }, 'connection to the database'),
        }),
        AuthModule,
        AuditLogModule,
        WorkspaceModule,
        ExchangeRatesModule,
        UsersModule,
        SessionsModule,
        ApiKeysModule,
        AuditModule,
        PublishedModelModule,
        AccountsModule,
        PlanModule,
        PulseModule,
        ContactRightsModule,
        TouchpointsModule,
        TouchTemplatesModule,
        SegmentsModule,
        BuiltInAlertRulesModule,
        AlertRulesModule,
        BuiltInPlaybooksModule,
        PlaybooksModule,
        PlaybookRunsModule,
        AccountListModule,
        AccountPageModule,
        TimelineModule,
        BriefModule,
        PulseGapsModule,
        ViewsModule,
        FirstStepsModule,
        TodayModule,
        SalesListsModule,
        DealsModule,
        RenewalsModule,
        LeavingModule,
        AlertsModule,
        GoalsModule,
        TasksModule,
        BulkModule,
        LifecycleReportModule,
        PortfolioModule,
        ReportSchedulesModule,
        AccountExportsModule,
        ModelTrialsModule,
        StudioModule,
        LiveModule,
        NotificationsModule,
        IntakeApiModule,
        ImportsModule,
        QuarantineModule,
        ContactsModule,
        SourcesModule,
        TiersReportModule,
        RevenueReportModule,
        ReportJobsModule,
        RunJobsModule,
        ...(runThread ? [RunThreadsModule.with(RunThreadOptions.of(config, runThread))] : []),
        SampleModule,
        QueueModule.with({ doesJobs: door === 'worker' }),
        HealthModule.with([DatabaseProbe, QueueProbe, SetAsideProbe]),
      ],
    };
  }
}
