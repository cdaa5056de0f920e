import { Controller, Get, Query } from '@nestjs/common';
import { type TodayQuery, todayQuerySchema, todaySchema } from '@steward/shared/today';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { TodayService } from './today.service.js';

@Controller('api/v1/today')
export class TodayController {
  constructor(private readonly service: TodayService) {}

  @Get()
  @Access({ roles: rolesWith('accounts:read'), scopes: ['accounts:read'] })
  @Answers(todaySchema)
  today(@CurrentPrincipal() principal: Principal, @Query({ schema: todayQuerySchema }) { scope }: TodayQuery) {
    return this.service.today(principal, scope);
  }
}
