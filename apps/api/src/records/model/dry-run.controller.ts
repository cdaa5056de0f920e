import { Body, Controller, HttpCode, Post, UseInterceptors } from '@nestjs/common';
import {
  type StageCell,
  stageDryRunSchema,
  type TierCell,
  tierDryRunSchema,
  tryStagesSchema,
  tryTiersSchema,
} from '@steward/shared/model-versions';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal } from '../../platform/auth/current-user.decorator.js';
import { InTurn } from '../../platform/auth/in-turn.interceptor.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { DryRunService } from './dry-run.service.js';
import type { Person } from './model-changes.js';

interface Tried<Cell> {
  body: unknown;
  cell: Cell | null;
}

@Controller('api/v1')
@UseInterceptors(InTurn)
@Access({ roles: rolesWith('model:write') })
export class DryRunController {
  constructor(private readonly dryRuns: DryRunService) {}

  @Post('tiers/dry-run')
  @HttpCode(200)
  @Answers(tierDryRunSchema)
  tiers(@CurrentPrincipal() { scope }: Person, @Body({ schema: tryTiersSchema }) asked: Tried<TierCell>) {
    return this.dryRuns.tiers(scope, asked.body, asked.cell);
  }

  @Post('stages/dry-run')
  @HttpCode(200)
  @Answers(stageDryRunSchema)
  stages(@CurrentPrincipal() { scope }: Person, @Body({ schema: tryStagesSchema }) asked: Tried<StageCell>) {
    return this.dryRuns.stages(scope, asked.body, asked.cell);
  }
}
