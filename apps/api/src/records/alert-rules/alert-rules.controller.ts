import { Body, Controller, Delete, Get, Param, Patch, Post, Query, UseInterceptors } from '@nestjs/common';
import {
  type AlertDryRun,
  type AlertQualityQuery,
  alertDryRunAnswerSchema,
  alertDryRunSchema,
  alertHoldAnswerSchema,
  alertQualityQuerySchema,
  alertQualitySchema,
  alertRuleDetailSchema,
  alertRuleListSchema,
  alertRuleSchema,
  type CreateAlertRule,
  copyAlertRuleSchema,
  createAlertRuleSchema,
  type UpdateAlertRule,
  updateAlertRuleSchema,
} from '@steward/shared/alert-rules';
import { idSchema } from '@steward/shared/common';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal, CurrentScope } from '../../platform/auth/current-user.decorator.js';
import { InTurn } from '../../platform/auth/in-turn.interceptor.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Principal } from '../../platform/auth/principal.js';
import type { Scope } from '../../platform/auth/scope.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { AlertQualityService } from './alert-quality.service.js';
import type { Person } from './alert-rule-changes.js';
import { AlertRulesService } from './alert-rules.service.js';
import { DryRunService } from './dry-run.service.js';

const TO_READ = { roles: rolesWith('accounts:read'), scopes: ['accounts:read'] } as const;
const TO_WRITE = { roles: rolesWith('alerts:write') };
/** The alerts of a storm are on accounts of every team. */
const TO_DECIDE = { roles: rolesWith('workspace:write') };

@Controller('api/v1/alert-rules')
export class AlertRulesController {
  constructor(
    private readonly rules: AlertRulesService,
    private readonly dryRuns: DryRunService,
    private readonly qualities: AlertQualityService,
  ) {}

  @Get()
  @Access(TO_READ)
  @Answers(alertRuleListSchema)
  list(@CurrentPrincipal() principal: Principal) {
    return this.rules.list(principal);
  }

  @Post()
  @Access(TO_WRITE)
  @Answers(alertRuleSchema, { status: 201 })
  create(@CurrentPrincipal() person: Person, @Body({ schema: createAlertRuleSchema }) given: CreateAlertRule) {
    return this.rules.create(person, given);
  }

  @Post('dry-run')
  @UseInterceptors(InTurn)
  @Access(TO_WRITE)
  @Answers(alertDryRunAnswerSchema)
  dryRun(@CurrentScope() scope: Scope, @Body({ schema: alertDryRunSchema }) asked: AlertDryRun) {
    return this.dryRuns.run(scope, asked);
  }

  // Before the routes of one rule, whose id it would be taken for.
  @Get('quality')
  @UseInterceptors(InTurn)
  @Access(TO_READ)
  @Answers(alertQualitySchema)
  quality(@CurrentScope() scope: Scope, @Query({ schema: alertQualityQuerySchema }) query: AlertQualityQuery) {
    return this.qualities.quality(scope, query);
  }

  @Get(':ruleId')
  @Access(TO_READ)
  @Answers(alertRuleDetailSchema)
  get(@CurrentPrincipal() principal: Principal, @Param('ruleId', { schema: idSchema }) ruleId: string) {
    return this.rules.get(principal, ruleId);
  }

  @Patch(':ruleId')
  @Access(TO_WRITE)
  @Answers(alertRuleSchema)
  update(
    @CurrentPrincipal() person: Person,
    @Param('ruleId', { schema: idSchema }) ruleId: string,
    @Body({ schema: updateAlertRuleSchema }) change: UpdateAlertRule,
  ) {
    return this.rules.update(person, ruleId, change);
  }

  @Delete(':ruleId')
  @Access(TO_WRITE)
  @Answers(alertRuleSchema)
  remove(@CurrentPrincipal() person: Person, @Param('ruleId', { schema: idSchema }) ruleId: string) {
    return this.rules.remove(person, ruleId);
  }

  @Post(':ruleId/copy')
  @Access(TO_WRITE)
  @Answers(alertRuleSchema, { status: 201 })
  copy(
    @CurrentPrincipal() person: Person,
    @Param('ruleId', { schema: idSchema }) ruleId: string,
    @Body({ schema: copyAlertRuleSchema }) { name }: { name: string },
  ) {
    return this.rules.copy(person, ruleId, name);
  }

  @Post(':ruleId/release')
  @Access(TO_DECIDE)
  @Answers(alertHoldAnswerSchema)
  release(@CurrentPrincipal() person: Person, @Param('ruleId', { schema: idSchema }) ruleId: string) {
    return this.rules.decide(person, ruleId, 'release');
  }

  @Post(':ruleId/drop')
  @Access(TO_DECIDE)
  @Answers(alertHoldAnswerSchema)
  drop(@CurrentPrincipal() person: Person, @Param('ruleId', { schema: idSchema }) ruleId: string) {
    return this.rules.decide(person, ruleId, 'drop');
  }
}
