import { Body, Controller, Delete, Get, Param, Post, Put, Query } from '@nestjs/common';
import { idSchema } from '@steward/shared/common';
import {
  type CreatePlaybook,
  createPlaybookSchema,
  deletePlaybookQuerySchema,
  playbookListSchema,
  playbookSchema,
  playbookVersionsSchema,
  type UpdatePlaybook,
  updatePlaybookSchema,
} from '@steward/shared/playbooks';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { type Person, PlaybooksService } from './playbooks.service.js';

const TO_READ = { roles: rolesWith('accounts:read'), scopes: ['accounts:read'] } as const;
const TO_WRITE = { roles: rolesWith('playbooks:write') };

@Controller('api/v1/playbooks')
export class PlaybooksController {
  constructor(private readonly playbooks: PlaybooksService) {}

  @Get()
  @Access(TO_READ)
  @Answers(playbookListSchema)
  list(@CurrentPrincipal() principal: Principal) {
    return this.playbooks.list(principal);
  }

  @Post()
  @Access(TO_WRITE)
  @Answers(playbookSchema, { status: 201 })
  create(@CurrentPrincipal() person: Person, @Body({ schema: createPlaybookSchema }) given: CreatePlaybook) {
    return this.playbooks.create(person, given);
  }

  @Get(':playbookId')
  @Access(TO_READ)
  @Answers(playbookSchema)
  get(@CurrentPrincipal() principal: Principal, @Param('playbookId', { schema: idSchema }) id: string) {
    return this.playbooks.get(principal, id);
  }

  @Put(':playbookId')
  @Access(TO_WRITE)
  @Answers(playbookSchema)
  update(
    @CurrentPrincipal() person: Person,
    @Param('playbookId', { schema: idSchema }) id: string,
    @Body({ schema: updatePlaybookSchema }) given: UpdatePlaybook,
  ) {
    return this.playbooks.update(person, id, given);
  }

  @Delete(':playbookId')
  @Access(TO_WRITE)
  @Answers(playbookSchema)
  remove(
    @CurrentPrincipal() person: Person,
    @Param('playbookId', { schema: idSchema }) id: string,
    @Query({ schema: deletePlaybookQuerySchema }) { revision }: { revision: number },
  ) {
    return this.playbooks.remove(person, id, revision);
  }

  @Get(':playbookId/versions')
  @Access(TO_READ)
  @Answers(playbookVersionsSchema)
  versions(@Param('playbookId', { schema: idSchema }) id: string) {
    return this.playbooks.versions(id);
  }
}
