import { Body, Controller, Delete, Get, Param, Post } from '@nestjs/common';
import { idSchema } from '@steward/shared/common';
import {
  churnSchema,
  type Leaving,
  leavingSchema,
  leavingStateSchema,
  type RecordChurn,
} from '@steward/shared/leaving';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal, CurrentScope } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Scope } from '../../platform/auth/scope.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import type { Person } from '../accounts/account-editing.js';
import { LeavingService } from './leaving.service.js';

const TO_WRITE = { roles: rolesWith('renewals:write') };

@Controller('api/v1/accounts/:accountId')
export class LeavingController {
  constructor(private readonly service: LeavingService) {}

  @Get('leaving')
  @Access({ roles: rolesWith('accounts:read'), scopes: ['accounts:read'] })
  @Answers(leavingStateSchema)
  read(@CurrentScope() scope: Scope, @Param('accountId', { schema: idSchema }) accountId: string) {
    return this.service.read(scope, accountId);
  }

  @Post('leaving')
  @Access(TO_WRITE)
  @Answers(leavingStateSchema)
  leave(
    @CurrentPrincipal() person: Person,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Body({ schema: leavingSchema }) given: Leaving,
  ) {
    return this.service.leave(person, accountId, given);
  }

  @Delete('leaving')
  @Access(TO_WRITE)
  @Answers(leavingStateSchema)
  stay(@CurrentPrincipal() person: Person, @Param('accountId', { schema: idSchema }) accountId: string) {
    return this.service.stay(person, accountId);
  }

  @Post('churn')
  @Access(TO_WRITE)
  @Answers(leavingStateSchema)
  churn(
    @CurrentPrincipal() person: Person,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Body({ schema: churnSchema }) given: RecordChurn,
  ) {
    return this.service.churn(person, accountId, given);
  }

  @Delete('churn')
  @Access(TO_WRITE)
  @Answers(leavingStateSchema)
  undoChurn(@CurrentPrincipal() person: Person, @Param('accountId', { schema: idSchema }) accountId: string) {
    return this.service.undoChurn(person, accountId);
  }
}
