import { Body, Controller, Delete, Get, Param, Patch, Post, Put } from '@nestjs/common';
import { idSchema } from '@steward/shared/common';
import {
  type CreateView,
  createViewSchema,
  type UpdateView,
  updateViewSchema,
  type ViewOrder,
  viewListSchema,
  viewOrderSchema,
  viewSchema,
} from '@steward/shared/views';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { type Person, ViewsService } from './views.service.js';

/** A view is a person's: API keys have none. */
const PEOPLE = { roles: rolesWith('accounts:read') };

@Controller('api/v1/views')
export class ViewsController {
  constructor(private readonly views: ViewsService) {}

  @Get()
  @Access(PEOPLE)
  @Answers(viewListSchema)
  list(@CurrentPrincipal() person: Person) {
    return this.views.list(person);
  }

  @Post()
  @Access(PEOPLE)
  @Answers(viewSchema, { status: 201 })
  create(@CurrentPrincipal() person: Person, @Body({ schema: createViewSchema }) given: CreateView) {
    return this.views.create(person, given);
  }

  @Put('order')
  @Access(PEOPLE)
  @Answers(viewListSchema)
  order(@CurrentPrincipal() person: Person, @Body({ schema: viewOrderSchema }) given: ViewOrder) {
    return this.views.order(person, given);
  }

  @Patch(':viewId')
  @Access(PEOPLE)
  @Answers(viewSchema)
  update(
    @CurrentPrincipal() person: Person,
    @Param('viewId', { schema: idSchema }) viewId: string,
    @Body({ schema: updateViewSchema }) change: UpdateView,
  ) {
    return this.views.update(person, viewId, change);
  }

  @Delete(':viewId')
  @Access(PEOPLE)
  @Answers(viewSchema)
  remove(@CurrentPrincipal() person: Person, @Param('viewId', { schema: idSchema }) viewId: string) {
    return this.views.remove(person, viewId);
  }

  @Post(':viewId/restore')
  @Access(PEOPLE)
  @Answers(viewSchema)
  restore(@CurrentPrincipal() person: Person, @Param('viewId', { schema: idSchema }) viewId: string) {
    return this.views.restore(person, viewId);
  }
}
