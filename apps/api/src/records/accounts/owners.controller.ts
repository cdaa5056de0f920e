import { Body, Controller, Get, Param, Post, Put } from '@nestjs/common';
import { idSchema } from '@steward/shared/common';
import {
  handOverListSchema,
  ownersNowSchema,
  ownersSetSchema,
  type SetOwners,
  setOwnersSchema,
} from '@steward/shared/hand-over';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import type { Person } from './account-editing.js';
import { OwnersService } from './owners.service.js';

const READS = { roles: rolesWith('accounts:read'), scopes: ['accounts:read'] as const };
const EDITS = { roles: rolesWith('accounts:edit') };

@Controller('api/v1/accounts/:accountId')
export class OwnersController {
  constructor(private readonly owners: OwnersService) {}

  @Get('owners')
  @Access(READS)
  @Answers(ownersNowSchema)
  now(@CurrentPrincipal() principal: Principal, @Param('accountId', { schema: idSchema }) accountId: string) {
    return this.owners.now(principal, accountId);
  }

  @Put('owners')
  @Access(EDITS)
  @Answers(ownersSetSchema)
  set(
    @CurrentPrincipal() person: Person,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Body({ schema: setOwnersSchema }) owners: SetOwners,
  ) {
    return this.owners.set(person, accountId, owners);
  }

  @Get('hand-overs')
  @Access(READS)
  @Answers(handOverListSchema)
  list(@CurrentPrincipal() principal: Principal, @Param('accountId', { schema: idSchema }) accountId: string) {
    return this.owners.list(principal, accountId);
  }

  @Post('hand-overs/:handOverId/undo')
  @Access(EDITS)
  @Answers(ownersSetSchema)
  undo(
    @CurrentPrincipal() person: Person,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Param('handOverId', { schema: idSchema }) handOverId: string,
  ) {
    return this.owners.undo(person, accountId, handOverId);
  }
}
