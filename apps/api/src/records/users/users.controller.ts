import { Body, Controller, Delete, Get, Param, Patch, Post, Put } from '@nestjs/common';
import {
  type CreateUser,
  createUserSchema,
  type SetStandIn,
  setStandInSchema,
  standInListSchema,
  type UpdateUser,
  updateUserSchema,
  userListSchema,
  userSchema,
} from '@steward/shared/access';
import { idSchema, isoDaySchema } from '@steward/shared/common';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentActor, CurrentUser } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Actor, CurrentUserData } from '../../platform/auth/principal.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { StandInsService } from './stand-ins.service.js';
import { UsersService } from './users.service.js';

@Controller('api/v1/users')
export class UsersController {
  constructor(
    private readonly users: UsersService,
    private readonly standIns: StandInsService,
  ) {}

  /** Everyone signed in: names of owners, managers and stand-ins are shown and picked on many screens. */
  @Get()
  @Access({ roles: rolesWith('accounts:read') })
  @Answers(userListSchema)
  async list() {
    return { users: await this.users.list() };
  }

  @Post()
  @Access({ roles: rolesWith('users:write') })
  @Answers(userSchema, { status: 201 })
  create(@CurrentActor() actor: Actor, @Body({ schema: createUserSchema }) user: CreateUser) {
    return this.users.create(actor, user);
  }

  @Patch(':userId')
  @Access({ roles: rolesWith('users:write') })
  @Answers(userSchema)
  update(
    @CurrentActor() actor: Actor,
    @Param('userId', { schema: idSchema }) userId: string,
    @Body({ schema: updateUserSchema }) change: UpdateUser,
  ) {
    return this.users.update(actor, userId, change);
  }

  @Get(':userId/stand-ins')
  @Access({ roles: rolesWith('stand-ins:write') })
  @Answers(standInListSchema)
  async listStandIns(@CurrentUser() me: CurrentUserData, @Param('userId', { schema: idSchema }) userId: string) {
    return { standIns: await this.standIns.list(me, userId) };
  }

  @Put(':userId/stand-ins')
  @Access({ roles: rolesWith('stand-ins:write') })
  @Answers(standInListSchema)
  async setStandIn(
    @CurrentUser() me: CurrentUserData,
    @Param('userId', { schema: idSchema }) userId: string,
    @Body({ schema: setStandInSchema }) standIn: SetStandIn,
  ) {
    return { standIns: await this.standIns.set(me, userId, standIn) };
  }

  @Delete(':userId/stand-ins/:standInId/:fromDay')
  @Access({ roles: rolesWith('stand-ins:write') })
  @Answers(standInListSchema)
  async removeStandIn(
    @CurrentUser() me: CurrentUserData,
    @Param('userId', { schema: idSchema }) userId: string,
    @Param('standInId', { schema: idSchema }) standInId: string,
    @Param('fromDay', { schema: isoDaySchema }) fromDay: string,
  ) {
    return { standIns: await this.standIns.remove(me, userId, standInId, fromDay) };
  }
}
