import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { idSchema } from '@steward/shared/common';
import {
  type CreateSchedule,
  createScheduleSchema,
  deleteScheduleQuerySchema,
  reportMailListSchema,
  reportMailSchema,
  reportScheduleListSchema,
  reportScheduleSchema,
  type UpdateSchedule,
  updateScheduleSchema,
} from '@steward/shared/report-schedules';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import type { Reader } from './report-content.service.js';
import { ReportSchedulesService } from './report-schedules.service.js';

@Controller('api/v1/report-schedules')
@Access({ roles: rolesWith('reports:read') })
export class ReportSchedulesController {
  constructor(private readonly service: ReportSchedulesService) {}

  @Get()
  @Answers(reportScheduleListSchema)
  list(@CurrentPrincipal() person: Reader) {
    return this.service.list(person);
  }

  @Post()
  @HttpCode(201)
  @Answers(reportScheduleSchema)
  create(@CurrentPrincipal() person: Reader, @Body({ schema: createScheduleSchema }) given: CreateSchedule) {
    return this.service.create(person, given);
  }

  @Put(':scheduleId')
  @Answers(reportScheduleSchema)
  update(
    @CurrentPrincipal() person: Reader,
    @Param('scheduleId', { schema: idSchema }) id: string,
    @Body({ schema: updateScheduleSchema }) given: UpdateSchedule,
  ) {
    return this.service.update(person, id, given);
  }

  @Delete(':scheduleId')
  @HttpCode(204)
  remove(
    @CurrentPrincipal() person: Reader,
    @Param('scheduleId', { schema: idSchema }) id: string,
    @Query({ schema: deleteScheduleQuerySchema }) { revision }: { revision: number },
  ) {
    return this.service.remove(person, id, revision);
  }

  @Delete(':scheduleId/recipients/me')
  @HttpCode(204)
  leave(@CurrentPrincipal() person: Reader, @Param('scheduleId', { schema: idSchema }) id: string) {
    return this.service.leave(person, id);
  }

  @Get(':scheduleId/mails')
  @Answers(reportMailListSchema)
  mails(@CurrentPrincipal() person: Reader, @Param('scheduleId', { schema: idSchema }) id: string) {
    return this.service.history(person, id);
  }

  @Post(':scheduleId/send-now')
  @Answers(reportMailSchema)
  sendNow(@CurrentPrincipal() person: Reader, @Param('scheduleId', { schema: idSchema }) id: string) {
    return this.service.sendNow(person, id);
  }

  @Post(':scheduleId/mails/:mailId/repeat')
  @Answers(reportMailSchema)
  repeat(
    @CurrentPrincipal() person: Reader,
    @Param('scheduleId', { schema: idSchema }) id: string,
    @Param('mailId', { schema: idSchema }) mailId: string,
  ) {
    return this.service.repeat(person, id, mailId);
  }
}
