import { Body, Controller, Get, HttpCode, Post, UseInterceptors } from '@nestjs/common';
import {
  type SignalDryRunRequest,
  signalDryRunRequestSchema,
  signalDryRunSchema,
  signalStandingsSchema,
} from '@steward/shared/signal-dry-run';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal } from '../../platform/auth/current-user.decorator.js';
import { InTurn } from '../../platform/auth/in-turn.interceptor.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { SignalDryRunService } from './signal-dry-run.service.js';
import { SignalStandingsService } from './signal-standings.service.js';

@Controller('api/v1/signals')
@UseInterceptors(InTurn)
export class SignalDryRunController {
  constructor(
    private readonly dryRuns: SignalDryRunService,
    private readonly standings: SignalStandingsService,
  ) {}

  @Get('standings')
  @Access({ roles: rolesWith('model:read') })
  @Answers(signalStandingsSchema)
  all() {
    return this.standings.all();
  }

  @Post('dry-run')
  @HttpCode(200)
  @Access({ roles: rolesWith('model:write') })
  @Answers(signalDryRunSchema)
  run(
    @CurrentPrincipal() { scope }: Principal,
    @Body({ schema: signalDryRunRequestSchema }) request: SignalDryRunRequest,
  ) {
    return this.dryRuns.run(scope, request);
  }
}
