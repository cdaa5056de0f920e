import { Body, Controller, HttpCode, Post, UseInterceptors } from '@nestjs/common';
import {
  checkStagesSchema,
  checkTiersSchema,
  stageDryRunSchema,
  tierDryRunSchema,
} from '@steward/shared/model-versions';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal } from '../../platform/auth/current-user.decorator.js';
import { InTurn } from '../../platform/auth/in-turn.interceptor.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { DryRunService } from './dry-run.service.js';
import type { Person } from './model-changes.js';

@Controller('api/v1')
@UseInterceptors(InTurn)
@Access({ roles: rolesWith('model:write') })
export class DryRunController {
  constructor(private readonly dryRuns: DryRunService) {}

  @Post('tiers/dry-run')
  @HttpCode(200)
  @Answers(tierDryRunSchema)
  tiers(@CurrentPrincipal() { scope }: Person, @Body({ schema: checkTiersSchema }) { body }: { body: unknown }) {
    return this.dryRuns.tiers(scope, body);
  }

  @Post('stages/dry-run')
  @HttpCode(200)
  @Answers(stageDryRunSchema)
  stages(@CurrentPrincipal() { scope }: Person, @Body({ schema: checkStagesSchema }) { body }: { body: unknown }) {
    return this.dryRuns.stages(scope, body);
  }
}
