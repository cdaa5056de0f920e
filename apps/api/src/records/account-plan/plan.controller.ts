import { Body, Controller, Delete, Get, Param, Put, Query } from '@nestjs/common';
import {
  accountPeopleQuerySchema,
  accountPeopleSchema,
  followersSchema,
  planSchema,
  type SetPlan,
  setPlanSchema,
} from '@steward/shared/account-plan';
import { idSchema } from '@steward/shared/common';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import type { Person } from '../accounts/account-editing.js';
import { FollowersService } from './followers.service.js';
import { PlanService } from './plan.service.js';

const READS = { roles: rolesWith('accounts:read'), scopes: ['accounts:read'] as const };
/** Following is a person’s own affair: whoever may read may follow. */
const PEOPLE = { roles: rolesWith('accounts:read') };

@Controller('api/v1/accounts/:accountId')
export class PlanController {
  constructor(
    private readonly plans: PlanService,
    private readonly follows: FollowersService,
  ) {}

  @Get('plan')
  @Access(READS)
  @Answers(planSchema)
  read(@CurrentPrincipal() principal: Principal, @Param('accountId', { schema: idSchema }) accountId: string) {
    return this.plans.read(principal, accountId);
  }

  @Put('plan')
  @Access({ roles: rolesWith('accounts:edit') })
  @Answers(planSchema)
  set(
    @CurrentPrincipal() person: Person,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Body({ schema: setPlanSchema }) plan: SetPlan,
  ) {
    return this.plans.set(person, accountId, plan);
  }

  @Get('followers')
  @Access(READS)
  @Answers(followersSchema)
  followers(@CurrentPrincipal() principal: Principal, @Param('accountId', { schema: idSchema }) accountId: string) {
    return this.follows.followers(principal, accountId);
  }

  @Put('followers/me')
  @Access(PEOPLE)
  @Answers(followersSchema)
  follow(@CurrentPrincipal() person: Person, @Param('accountId', { schema: idSchema }) accountId: string) {
    return this.follows.follow(person, accountId, true);
  }

  @Delete('followers/me')
  @Access(PEOPLE)
  @Answers(followersSchema)
  unfollow(@CurrentPrincipal() person: Person, @Param('accountId', { schema: idSchema }) accountId: string) {
    return this.follows.follow(person, accountId, false);
  }

  @Get('people')
  @Access(READS)
  @Answers(accountPeopleSchema)
  people(
    @CurrentPrincipal() principal: Principal,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Query({ schema: accountPeopleQuerySchema }) { text }: { text: string },
  ) {
    return this.follows.whoSee(principal, accountId, text);
  }
}
