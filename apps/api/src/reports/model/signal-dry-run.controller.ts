import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import {
  type SignalDryRunRequest,
  signalDryRunRequestSchema,
  signalDryRunSchema,
} from '@steward/shared/signal-dry-run';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { SignalDryRunService } from './signal-dry-run.service.js';

@Controller('api/v1/signals')
export class SignalDryRunController {
  constructor(private readonly dryRuns: SignalDryRunService) {}

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
