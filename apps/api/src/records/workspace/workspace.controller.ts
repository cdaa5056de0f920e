import { Body, Controller, Get, Patch } from '@nestjs/common';
import { type UpdateWorkspace, updateWorkspaceSchema, workspaceSchema } from '@steward/shared/workspace';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentActor } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Actor } from '../../platform/auth/principal.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { WorkspaceService } from './workspace.service.js';

@Controller('api/v1/workspace')
export class WorkspaceController {
  constructor(private readonly workspaces: WorkspaceService) {}

  /** Keys that read accounts need it to read them right: the currency of amounts, the zone of days. */
  @Get()
  @Access({ roles: rolesWith('model:read'), scopes: ['accounts:read'] })
  @Answers(workspaceSchema)
  get() {
    return this.workspaces.get();
  }

  @Patch()
  @Access({ roles: rolesWith('workspace:write') })
  @Answers(workspaceSchema)
  update(@CurrentActor() actor: Actor, @Body({ schema: updateWorkspaceSchema }) change: UpdateWorkspace) {
    return this.workspaces.update(actor, change);
  }
}
