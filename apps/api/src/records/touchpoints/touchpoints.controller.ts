import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { idSchema } from '@steward/shared/common';
import {
  type LogTouch,
  loggedTouchSchema,
  logTouchSchema,
  touchpointIdSchema,
  touchpointSchema,
  type UpdateTouch,
  updateTouchSchema,
} from '@steward/shared/touchpoints';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import type { Person } from '../accounts/account-editing.js';
import { TouchpointsService } from './touchpoints.service.js';

const LOGS = { roles: rolesWith('touchpoints:write') };

@Controller('api/v1/accounts/:accountId/touchpoints')
export class TouchpointsController {
  constructor(private readonly touchpoints: TouchpointsService) {}

  @Post()
  @Access(LOGS)
  @Answers(loggedTouchSchema, { status: 201 })
  log(
    @CurrentPrincipal() person: Person,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Body({ schema: logTouchSchema }) given: LogTouch,
  ) {
    return this.touchpoints.log(person, accountId, given);
  }

  @Get(':touchpointId')
  @Access({ roles: rolesWith('accounts:read'), scopes: ['accounts:read'] })
  @Answers(touchpointSchema)
  read(
    @CurrentPrincipal() principal: Principal,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Param('touchpointId', { schema: touchpointIdSchema }) touchpointId: string,
  ) {
    return this.touchpoints.read(principal, accountId, touchpointId);
  }

  @Patch(':touchpointId')
  @Access(LOGS)
  @Answers(touchpointSchema)
  update(
    @CurrentPrincipal() person: Person,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Param('touchpointId', { schema: touchpointIdSchema }) touchpointId: string,
    @Body({ schema: updateTouchSchema }) change: UpdateTouch,
  ) {
    return this.touchpoints.update(person, accountId, touchpointId, change);
  }

  @Delete(':touchpointId')
  @Access(LOGS)
  @HttpCode(204)
  remove(
    @CurrentPrincipal() person: Person,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Param('touchpointId', { schema: touchpointIdSchema }) touchpointId: string,
  ) {
    return this.touchpoints.remove(person, accountId, touchpointId);
  }

  @Post(':touchpointId/restore')
  @Access(LOGS)
  @Answers(touchpointSchema)
  restore(
    @CurrentPrincipal() person: Person,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Param('touchpointId', { schema: touchpointIdSchema }) touchpointId: string,
  ) {
    return this.touchpoints.restore(person, accountId, touchpointId);
  }
}
