import { Controller, Get, Param } from '@nestjs/common';
import { briefSchema } from '@steward/shared/brief';
import { idSchema } from '@steward/shared/common';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { BriefService } from './brief.service.js';

@Controller('api/v1/accounts/:accountId/brief')
@Access({ roles: rolesWith('accounts:read'), scopes: ['accounts:read'] })
export class BriefController {
  constructor(private readonly briefs: BriefService) {}

  @Get()
  @Answers(briefSchema)
  read(@CurrentPrincipal() principal: Principal, @Param('accountId', { schema: idSchema }) accountId: string) {
    return this.briefs.read(principal, accountId);
  }
}
