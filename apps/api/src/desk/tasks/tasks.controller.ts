import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { idSchema } from '@steward/shared/common';
import {
  type CreateTask,
  createTaskSchema,
  type TaskAction,
  type TaskListQuery,
  taskActionAnswerSchema,
  taskActionSchema,
  taskListQuerySchema,
  taskListSchema,
  taskSchema,
  type UpdateTask,
  updateTaskSchema,
} from '@steward/shared/tasks';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import type { Person } from '../acting.js';
import { TaskActions } from './task-actions.service.js';
import { TaskEditing } from './task-editing.service.js';
import { TasksService } from './tasks.service.js';

const TO_ACT = { roles: rolesWith('goals:write') };

@Controller('api/v1')
export class TasksController {
  constructor(
    private readonly tasks: TasksService,
    private readonly actions: TaskActions,
    private readonly editing: TaskEditing,
  ) {}

  @Get('tasks')
  @Access({ roles: rolesWith('accounts:read'), scopes: ['accounts:read'] })
  @Answers(taskListSchema)
  list(@CurrentPrincipal() principal: Principal, @Query({ schema: taskListQuerySchema }) query: TaskListQuery) {
    return this.tasks.list(principal, query);
  }

  @Post('tasks/actions')
  @Access(TO_ACT)
  @Answers(taskActionAnswerSchema)
  act(@CurrentPrincipal() person: Person, @Body({ schema: taskActionSchema }) action: TaskAction) {
    return this.actions.act(person, action);
  }

  @Patch('tasks/:accountId/:taskId')
  @Access(TO_ACT)
  @Answers(taskSchema)
  update(
    @CurrentPrincipal() person: Person,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Param('taskId', { schema: idSchema }) id: string,
    @Body({ schema: updateTaskSchema }) given: UpdateTask,
  ) {
    return this.editing.update(person, { accountId, id }, given);
  }

  @Post('accounts/:accountId/tasks')
  @Access(TO_ACT)
  @Answers(taskSchema, { status: 201 })
  create(
    @CurrentPrincipal() person: Person,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Body({ schema: createTaskSchema }) given: CreateTask,
  ) {
    return this.editing.create(person, accountId, given);
  }
}
