import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { accountAsOfQuerySchema } from '@steward/shared/accounts';
import { type IsoDay, idSchema } from '@steward/shared/common';
import {
  accountGoalsSchema,
  begunGoalsSchema,
  type GoalAction,
  type GoalListQuery,
  goalActionSchema,
  goalDetailSchema,
  goalListQuerySchema,
  goalListSchema,
  goalSchema,
  type StartGoal,
  startGoalSchema,
} from '@steward/shared/goals';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal, CurrentScope } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Principal } from '../../platform/auth/principal.js';
import type { Scope } from '../../platform/auth/scope.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import type { Person } from '../acting.js';
import { GoalActions } from './goal-actions.service.js';
import { GoalPage } from './goal-page.service.js';
import { GoalStart } from './goal-start.service.js';
import { GoalsService } from './goals.service.js';

const TO_READ = { roles: rolesWith('accounts:read'), scopes: ['accounts:read'] } as const;
const TO_ACT = { roles: rolesWith('goals:write') };

@Controller('api/v1')
export class GoalsController {
  constructor(
    private readonly goals: GoalsService,
    private readonly page: GoalPage,
    private readonly starting: GoalStart,
    private readonly actions: GoalActions,
  ) {}

  @Get('goals')
  @Access(TO_READ)
  @Answers(goalListSchema)
  list(@CurrentPrincipal() principal: Principal, @Query({ schema: goalListQuerySchema }) query: GoalListQuery) {
    return this.goals.list(principal, query);
  }

  @Get('goals/:accountId/:goalId')
  @Access(TO_READ)
  @Answers(goalDetailSchema)
  detail(
    @CurrentScope() scope: Scope,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Param('goalId', { schema: idSchema }) id: string,
  ) {
    return this.page.detail(scope, { accountId, id });
  }

  @Post('goals/:accountId/:goalId/actions')
  @Access(TO_ACT)
  @Answers(goalSchema)
  act(
    @CurrentPrincipal() person: Person,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Param('goalId', { schema: idSchema }) id: string,
    @Body({ schema: goalActionSchema }) action: GoalAction,
  ) {
    return this.actions.act(person, { accountId, id }, action);
  }

  @Get('accounts/:accountId/goals')
  @Access(TO_READ)
  @Answers(accountGoalsSchema)
  ofAccount(@CurrentScope() scope: Scope, @Param('accountId', { schema: idSchema }) accountId: string) {
    return this.goals.ofAccount(scope, accountId);
  }

  @Get('accounts/:accountId/goals-begun')
  @Access(TO_READ)
  @Answers(begunGoalsSchema)
  begun(
    @CurrentScope() scope: Scope,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Query({ schema: accountAsOfQuerySchema }) { asOf }: { asOf?: IsoDay },
  ) {
    return this.goals.begun(scope, accountId, asOf);
  }

  @Post('accounts/:accountId/goals')
  @Access(TO_ACT)
  @Answers(goalSchema, { status: 201 })
  start(
    @CurrentPrincipal() person: Person,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Body({ schema: startGoalSchema }) given: StartGoal,
  ) {
    return this.starting.start(person, accountId, given);
  }
}
