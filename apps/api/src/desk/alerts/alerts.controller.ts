import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import {
  type AccountAlertEventsQuery,
  type AccountAlertsQuery,
  type AlertAction,
  type AlertInboxQuery,
  accountAlertEventsQuerySchema,
  accountAlertEventsSchema,
  accountAlertsQuerySchema,
  accountAlertsSchema,
  alertActionAnswerSchema,
  alertActionSchema,
  alertDetailSchema,
  alertInboxQuerySchema,
  alertInboxSchema,
  alertSchema,
  type RaiseAlert,
  raiseAlertSchema,
} from '@steward/shared/alerts';
import { idSchema } from '@steward/shared/common';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal, CurrentScope } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Principal } from '../../platform/auth/principal.js';
import type { Scope } from '../../platform/auth/scope.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { AlertsService } from './alerts.service.js';
import { TriageService } from './triage.service.js';
import type { Person } from './triage-world.js';

const TO_READ = { roles: rolesWith('accounts:read'), scopes: ['accounts:read'] } as const;
const TO_TRIAGE = { roles: rolesWith('alerts:triage') };

@Controller('api/v1')
export class AlertsController {
  constructor(
    private readonly alerts: AlertsService,
    private readonly triage: TriageService,
  ) {}

  @Get('alerts')
  @Access(TO_READ)
  @Answers(alertInboxSchema)
  inbox(@CurrentPrincipal() principal: Principal, @Query({ schema: alertInboxQuerySchema }) query: AlertInboxQuery) {
    return this.alerts.inbox(principal, query);
  }

  @Post('alerts/actions')
  @Access(TO_TRIAGE)
  @Answers(alertActionAnswerSchema)
  act(@CurrentPrincipal() person: Person, @Body({ schema: alertActionSchema }) action: AlertAction) {
    return this.triage.act(person, action);
  }

  @Get('alerts/:accountId/:alertId')
  @Access(TO_READ)
  @Answers(alertDetailSchema)
  detail(
    @CurrentScope() scope: Scope,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Param('alertId', { schema: idSchema }) alertId: string,
  ) {
    return this.alerts.detail(scope, accountId, alertId);
  }

  @Get('accounts/:accountId/alerts')
  @Access(TO_READ)
  @Answers(accountAlertsSchema)
  ofAccount(
    @CurrentScope() scope: Scope,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Query({ schema: accountAlertsQuerySchema }) query: AccountAlertsQuery,
  ) {
    return this.alerts.ofAccount(scope, accountId, query);
  }

  @Post('accounts/:accountId/alerts')
  @Access(TO_TRIAGE)
  @Answers(alertSchema, { status: 201 })
  raise(
    @CurrentPrincipal() person: Person,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Body({ schema: raiseAlertSchema }) given: RaiseAlert,
  ) {
    return this.triage.raise(person, accountId, given);
  }

  @Get('accounts/:accountId/alert-events')
  @Access(TO_READ)
  @Answers(accountAlertEventsSchema)
  eventsOfAccount(
    @CurrentScope() scope: Scope,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Query({ schema: accountAlertEventsQuerySchema }) page: AccountAlertEventsQuery,
  ) {
    return this.alerts.eventsOfAccount(scope, accountId, page);
  }
}
