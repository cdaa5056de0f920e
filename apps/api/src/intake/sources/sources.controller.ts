import { Body, Controller, Get, Patch, Post } from '@nestjs/common';
import {
  type OwnerAlias,
  ownerAliasedSchema,
  ownerAliasSchema,
  sourceListSchema,
  type UpdateSource,
  updateSourceSchema,
} from '@steward/shared/import-api';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentActor } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Actor } from '../../platform/auth/principal.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { SourcesService } from './sources.service.js';

@Controller('api/v1')
@Access({ roles: rolesWith('imports:write') })
export class SourcesController {
  constructor(private readonly sources: SourcesService) {}

  @Get('sources')
  @Answers(sourceListSchema)
  list() {
    return this.sources.list();
  }

  @Patch('sources')
  @Answers(sourceListSchema)
  update(@CurrentActor() actor: Actor, @Body({ schema: updateSourceSchema }) change: UpdateSource) {
    return this.sources.update(change, actor);
  }

  /** Says whom an owner text of a file means. */
  @Post('owner-aliases')
  @Answers(ownerAliasedSchema)
  alias(@CurrentActor() actor: Actor, @Body({ schema: ownerAliasSchema }) alias: OwnerAlias) {
    return this.sources.alias(alias, actor);
  }
}
