import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { idSchema } from '@steward/shared/common';
import {
  type OrderStudioRun,
  orderStudioRunSchema,
  studioHistorySchema,
  studioRunListSchema,
  studioRunSchema,
} from '@steward/shared/health-studio';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { type Person, RunsService } from './runs.service.js';

/** Profiles tried on history. Only people order them: no API key holds a scope for it. */
@Controller('api/v1/health-studio')
@Access({ roles: rolesWith('studio:use') })
export class RunsController {
  constructor(private readonly runs: RunsService) {}

  @Get('history')
  @Answers(studioHistorySchema)
  history(@CurrentPrincipal() person: Person) {
    return this.runs.known(person);
  }

  @Get('runs')
  @Answers(studioRunListSchema)
  list(@CurrentPrincipal() person: Person) {
    return this.runs.list(person);
  }

  @Post('runs')
  @Answers(studioRunSchema, { status: 201 })
  order(@CurrentPrincipal() person: Person, @Body({ schema: orderStudioRunSchema }) order: OrderStudioRun) {
    return this.runs.order(person, order);
  }

  @Get('runs/:runId')
  @Answers(studioRunSchema)
  get(@CurrentPrincipal() person: Person, @Param('runId', { schema: idSchema }) runId: string) {
    return this.runs.get(person, runId);
  }

  @Post('runs/:runId/cancel')
  @Answers(studioRunSchema)
  cancel(@CurrentPrincipal() person: Person, @Param('runId', { schema: idSchema }) runId: string) {
    return this.runs.cancel(person, runId);
  }
}
