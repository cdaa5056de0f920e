import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { accountAsOfQuerySchema } from '@steward/shared/accounts';
import { type IsoDay, idSchema } from '@steward/shared/common';
import {
  pulseHistorySchema,
  pulseReasonListSchema,
  type SetPulseReasons,
  setPulseReasonsSchema,
} from '@steward/shared/pulse';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { PulseService } from './pulse.service.js';

const READS = { roles: rolesWith('accounts:read'), scopes: ['accounts:read'] as const };

@Controller('api/v1')
export class PulseController {
  constructor(private readonly pulses: PulseService) {}

  @Get('pulse-reasons')
  @Access(READS)
  @Answers(pulseReasonListSchema)
  reasons() {
    return this.pulses.reasonList();
  }

  @Put('pulse-reasons')
  @Access({ roles: rolesWith('workspace:write') })
  @Answers(pulseReasonListSchema)
  setReasons(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: setPulseReasonsSchema }) reasons: SetPulseReasons,
  ) {
    return this.pulses.setReasons(principal, reasons);
  }

  @Get('accounts/:accountId/pulses')
  @Access(READS)
  @Answers(pulseHistorySchema)
  history(
    @CurrentPrincipal() principal: Principal,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Query({ schema: accountAsOfQuerySchema }) { asOf }: { asOf?: IsoDay },
  ) {
    return this.pulses.history(principal, accountId, asOf);
  }
}
