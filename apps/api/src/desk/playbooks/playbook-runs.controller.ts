import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { idSchema } from '@steward/shared/common';
import {
  type DryRunOnAccount,
  type DryRunToday,
  dryRunOnAccountSchema,
  dryRunTodaySchema,
  type EffectQuery,
  effectQuerySchema,
  plannedGoalSchema,
  playbookEffectSchema,
  wouldGetItSchema,
} from '@steward/shared/playbooks';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { PlaybookDryRun } from './dry-run.service.js';
import { PlaybookEffects } from './effect.service.js';

const TO_READ = { roles: rolesWith('accounts:read'), scopes: ['accounts:read'] } as const;

@Controller('api/v1/playbooks')
export class PlaybookRunsController {
  constructor(
    private readonly dryRuns: PlaybookDryRun,
    private readonly effects: PlaybookEffects,
  ) {}

  @Post('dry-run')
  @Access(TO_READ)
  @Answers(plannedGoalSchema)
  onAccount(@CurrentPrincipal() principal: Principal, @Body({ schema: dryRunOnAccountSchema }) asked: DryRunOnAccount) {
    return this.dryRuns.onAccount(principal, asked);
  }

  @Post('dry-run-today')
  @Access(TO_READ)
  @Answers(wouldGetItSchema)
  today(@CurrentPrincipal() principal: Principal, @Body({ schema: dryRunTodaySchema }) asked: DryRunToday) {
    return this.dryRuns.today(principal, asked);
  }

  @Get(':playbookId/effect')
  @Access(TO_READ)
  @Answers(playbookEffectSchema)
  effect(
    @CurrentPrincipal() principal: Principal,
    @Param('playbookId', { schema: idSchema }) id: string,
    @Query({ schema: effectQuerySchema }) asked: EffectQuery,
  ) {
    return this.effects.effect(principal, id, asked);
  }
}
