import { Body, Controller, Get, HttpCode, Post, UseInterceptors } from '@nestjs/common';
import {
  type StudioSignalsQuery,
  studioOverviewSchema,
  studioSignalsQuerySchema,
  studioSignalsSchema,
} from '@steward/shared/health-figures';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentScope } from '../../platform/auth/current-user.decorator.js';
import { InTurn } from '../../platform/auth/in-turn.interceptor.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Scope } from '../../platform/auth/scope.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { FiguresService } from './figures.service.js';

/** How accounts stand today by the profiles that are published. */
@Controller('api/v1/health-studio')
@UseInterceptors(InTurn)
export class FiguresController {
  constructor(private readonly figures: FiguresService) {}

  @Get('overview')
  @Access({ roles: rolesWith('model:read') })
  @Answers(studioOverviewSchema)
  overview(@CurrentScope() scope: Scope) {
    return this.figures.overview(scope);
  }

  @Post('signals')
  @HttpCode(200)
  @Access({ roles: rolesWith('studio:use') })
  @Answers(studioSignalsSchema)
  signals(@CurrentScope() scope: Scope, @Body({ schema: studioSignalsQuerySchema }) { signals }: StudioSignalsQuery) {
    return this.figures.signals(scope, signals);
  }
}
