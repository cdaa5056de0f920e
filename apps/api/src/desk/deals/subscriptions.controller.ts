import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { idSchema } from '@steward/shared/common';
import {
  accountSubscriptionsSchema,
  type CreateSubscription,
  createSubscriptionSchema,
  deleteSubscriptionQuerySchema,
  subscriptionIdSchema,
  subscriptionSchema,
  type UpdateSubscription,
  updateSubscriptionSchema,
} from '@steward/shared/subscriptions';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal, CurrentScope } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Scope } from '../../platform/auth/scope.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import type { Person } from '../../records/accounts/account-editing.js';
import { SubscriptionsService } from './subscriptions.service.js';

const TO_READ = { roles: rolesWith('accounts:read'), scopes: ['accounts:read'] } as const;
const TO_WRITE = { roles: rolesWith('deals:write') };

@Controller('api/v1/accounts/:accountId/subscriptions')
export class SubscriptionsController {
  constructor(private readonly service: SubscriptionsService) {}

  @Get()
  @Access(TO_READ)
  @Answers(accountSubscriptionsSchema)
  ofAccount(@CurrentScope() scope: Scope, @Param('accountId', { schema: idSchema }) accountId: string) {
    return this.service.ofAccount(scope, accountId);
  }

  @Post()
  @Access(TO_WRITE)
  @Answers(subscriptionSchema, { status: 201 })
  create(
    @CurrentPrincipal() person: Person,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Body({ schema: createSubscriptionSchema }) given: CreateSubscription,
  ) {
    return this.service.create(person, accountId, given);
  }

  @Patch(':subscriptionId')
  @Access(TO_WRITE)
  @Answers(subscriptionSchema)
  update(
    @CurrentPrincipal() person: Person,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Param('subscriptionId', { schema: subscriptionIdSchema }) id: string,
    @Body({ schema: updateSubscriptionSchema }) update: UpdateSubscription,
  ) {
    return this.service.update(person, accountId, id, update);
  }

  @Delete(':subscriptionId')
  @HttpCode(204)
  @Access(TO_WRITE)
  remove(
    @CurrentPrincipal() person: Person,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Param('subscriptionId', { schema: subscriptionIdSchema }) id: string,
    @Query({ schema: deleteSubscriptionQuerySchema }) { revision }: { revision: number },
  ) {
    return this.service.remove(person, accountId, id, revision);
  }
}
