import { Controller, Get, Query } from '@nestjs/common';
import { type PulseGapQuery, pulseGapListSchema, pulseGapQuerySchema } from '@steward/shared/pulse';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { PulseGapsService } from './pulse-gaps.service.js';

@Controller('api/v1/pulse-gaps')
@Access({ roles: rolesWith('accounts:read'), scopes: ['accounts:read'] })
export class PulseGapsController {
  constructor(private readonly gaps: PulseGapsService) {}

  @Get()
  @Answers(pulseGapListSchema)
  list(@CurrentPrincipal() principal: Principal, @Query({ schema: pulseGapQuerySchema }) query: PulseGapQuery) {
    return this.gaps.list(principal, query);
  }
}
