import { Controller, Get, Param, Query } from '@nestjs/common';
import { idSchema } from '@steward/shared/common';
import { type TimelineQuery, timelineQuerySchema, timelineSchema } from '@steward/shared/timeline';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { TimelineService } from './timeline.service.js';

@Controller('api/v1/accounts/:accountId/timeline')
@Access({ roles: rolesWith('accounts:read'), scopes: ['accounts:read'] })
export class TimelineController {
  constructor(private readonly timeline: TimelineService) {}

  @Get()
  @Answers(timelineSchema)
  page(
    @CurrentPrincipal() principal: Principal,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Query({ schema: timelineQuerySchema }) query: TimelineQuery,
  ) {
    return this.timeline.page(principal, accountId, query);
  }
}
