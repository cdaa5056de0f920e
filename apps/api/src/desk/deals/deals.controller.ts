import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { idSchema } from '@steward/shared/common';
import {
  accountDealsSchema,
  type CreateDeal,
  createDealSchema,
  type DealBoardQuery,
  type DealListQuery,
  type DealRevision,
  dealBoardQuerySchema,
  dealBoardSchema,
  dealDetailSchema,
  dealIdSchema,
  dealListQuerySchema,
  dealListSchema,
  dealRevisionSchema,
  dealSchema,
  deleteDealQuerySchema,
  type LoseDeal,
  loseDealSchema,
  type UpdateDeal,
  updateDealSchema,
  type WinDeal,
  winDealSchema,
} from '@steward/shared/deals';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal, CurrentScope } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Principal } from '../../platform/auth/principal.js';
import type { Scope } from '../../platform/auth/scope.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import type { Person } from '../../records/accounts/account-editing.js';
import { DealSteps } from './deal-steps.service.js';
import { DealsService } from './deals.service.js';

const TO_READ = { roles: rolesWith('accounts:read'), scopes: ['accounts:read'] } as const;
const TO_WRITE = { roles: rolesWith('deals:write') };
const OF_ACCOUNT = 'accounts/:accountId/deals';

@Controller('api/v1')
export class DealsController {
  constructor(
    private readonly deals: DealsService,
    private readonly steps: DealSteps,
  ) {}

  @Get('deals')
  @Access(TO_READ)
  @Answers(dealListSchema)
  list(@CurrentPrincipal() principal: Principal, @Query({ schema: dealListQuerySchema }) query: DealListQuery) {
    return this.deals.list(principal, query);
  }

  @Get('deals/board')
  @Access(TO_READ)
  @Answers(dealBoardSchema)
  board(@CurrentPrincipal() principal: Principal, @Query({ schema: dealBoardQuerySchema }) query: DealBoardQuery) {
    return this.deals.board(principal, query);
  }

  @Get(OF_ACCOUNT)
  @Access(TO_READ)
  @Answers(accountDealsSchema)
  ofAccount(@CurrentScope() scope: Scope, @Param('accountId', { schema: idSchema }) accountId: string) {
    return this.deals.ofAccount(scope, accountId);
  }

  @Get(`${OF_ACCOUNT}/:dealId`)
  @Access(TO_READ)
  @Answers(dealDetailSchema)
  detail(
    @CurrentScope() scope: Scope,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Param('dealId', { schema: dealIdSchema }) dealId: string,
  ) {
    return this.deals.detail(scope, accountId, dealId);
  }

  @Post(OF_ACCOUNT)
  @Access(TO_WRITE)
  @Answers(dealSchema, { status: 201 })
  create(
    @CurrentPrincipal() person: Person,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Body({ schema: createDealSchema }) given: CreateDeal,
  ) {
    return this.steps.create(person, accountId, given);
  }

  @Patch(`${OF_ACCOUNT}/:dealId`)
  @Access(TO_WRITE)
  @Answers(dealSchema)
  update(
    @CurrentPrincipal() person: Person,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Param('dealId', { schema: dealIdSchema }) dealId: string,
    @Body({ schema: updateDealSchema }) update: UpdateDeal,
  ) {
    return this.steps.update(person, accountId, dealId, update);
  }

  @Delete(`${OF_ACCOUNT}/:dealId`)
  @Access(TO_WRITE)
  @Answers(dealRevisionSchema)
  remove(
    @CurrentPrincipal() person: Person,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Param('dealId', { schema: dealIdSchema }) dealId: string,
    @Query({ schema: deleteDealQuerySchema }) { revision }: DealRevision,
  ) {
    return this.steps.remove(person, accountId, dealId, revision);
  }

  @Post(`${OF_ACCOUNT}/:dealId/win`)
  @Access(TO_WRITE)
  @Answers(dealSchema)
  win(
    @CurrentPrincipal() person: Person,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Param('dealId', { schema: dealIdSchema }) dealId: string,
    @Body({ schema: winDealSchema }) given: WinDeal,
  ) {
    return this.steps.win(person, accountId, dealId, given);
  }

  @Post(`${OF_ACCOUNT}/:dealId/lose`)
  @Access(TO_WRITE)
  @Answers(dealSchema)
  lose(
    @CurrentPrincipal() person: Person,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Param('dealId', { schema: dealIdSchema }) dealId: string,
    @Body({ schema: loseDealSchema }) given: LoseDeal,
  ) {
    return this.steps.lose(person, accountId, dealId, given);
  }

  @Post(`${OF_ACCOUNT}/:dealId/reopen`)
  @Access(TO_WRITE)
  @Answers(dealSchema)
  reopen(
    @CurrentPrincipal() person: Person,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Param('dealId', { schema: dealIdSchema }) dealId: string,
    @Body({ schema: dealRevisionSchema }) { revision }: DealRevision,
  ) {
    return this.steps.reopen(person, accountId, dealId, revision);
  }

  @Post(`${OF_ACCOUNT}/:dealId/undo`)
  @Access(TO_WRITE)
  @Answers(dealSchema)
  undo(
    @CurrentPrincipal() person: Person,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Param('dealId', { schema: dealIdSchema }) dealId: string,
    @Body({ schema: dealRevisionSchema }) { revision }: DealRevision,
  ) {
    return this.steps.undo(person, accountId, dealId, revision);
  }
}
