import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { idSchema } from '@steward/shared/common';
import {
  type CreateTouchTemplate,
  createTouchTemplateSchema,
  offeredTemplatesSchema,
  type RenderTemplate,
  renderedTemplateSchema,
  renderTemplateSchema,
  touchTemplateListSchema,
  touchTemplateSchema,
  type UpdateTouchTemplate,
  updateTouchTemplateSchema,
} from '@steward/shared/touch-templates';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import type { Person } from '../accounts/account-editing.js';
import { OfferedTemplates } from './offered-templates.service.js';
import { TouchTemplatesService } from './touch-templates.service.js';

/** Templates are for those who log touches; API keys keep none. */
const LOGS = { roles: rolesWith('touchpoints:write') };

@Controller('api/v1')
@Access(LOGS)
export class TouchTemplatesController {
  constructor(
    private readonly templates: TouchTemplatesService,
    private readonly onAccount: OfferedTemplates,
  ) {}

  @Get('touch-templates')
  @Answers(touchTemplateListSchema)
  list(@CurrentPrincipal() person: Person) {
    return this.templates.list(person);
  }

  @Post('touch-templates')
  @Answers(touchTemplateSchema, { status: 201 })
  create(@CurrentPrincipal() person: Person, @Body({ schema: createTouchTemplateSchema }) given: CreateTouchTemplate) {
    return this.templates.create(person, given);
  }

  @Patch('touch-templates/:templateId')
  @Answers(touchTemplateSchema)
  update(
    @CurrentPrincipal() person: Person,
    @Param('templateId', { schema: idSchema }) templateId: string,
    @Body({ schema: updateTouchTemplateSchema }) change: UpdateTouchTemplate,
  ) {
    return this.templates.update(person, templateId, change);
  }

  @Delete('touch-templates/:templateId')
  @HttpCode(204)
  remove(@CurrentPrincipal() person: Person, @Param('templateId', { schema: idSchema }) templateId: string) {
    return this.templates.remove(person, templateId);
  }

  @Get('accounts/:accountId/touch-templates')
  @Access({ roles: rolesWith('accounts:read'), scopes: ['accounts:read'] })
  @Answers(offeredTemplatesSchema)
  offered(@CurrentPrincipal() principal: Principal, @Param('accountId', { schema: idSchema }) accountId: string) {
    return this.onAccount.offered(principal, accountId);
  }

  @Post('accounts/:accountId/touch-templates/:templateId/render')
  @Answers(renderedTemplateSchema)
  render(
    @CurrentPrincipal() person: Person,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Param('templateId', { schema: idSchema }) templateId: string,
    @Body({ schema: renderTemplateSchema }) { contactId }: RenderTemplate,
  ) {
    return this.onAccount.render(person, accountId, templateId, contactId);
  }
}
