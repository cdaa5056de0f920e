import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { idSchema, writtenDaySchema } from '@steward/shared/common';
import { accountLedgerSchema, type LedgerQuery, ledgerQuerySchema } from '@steward/shared/ledger';
import {
  accountRenewalsSchema,
  type GiveOutcome,
  type RenewalListQuery,
  renewalListQuerySchema,
  renewalListSchema,
  renewalOutcomeSchema,
  renewalSchema,
  type UpdateForecast,
  undoOutcomeQuerySchema,
  updateForecastSchema,
} from '@steward/shared/renewals';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal, CurrentScope } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Principal } from '../../platform/auth/principal.js';
import type { Scope } from '../../platform/auth/scope.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import type { Person } from '../../records/accounts/account-editing.js';
import { LedgerService } from './ledger.service.js';
import { RenewalWords } from './renewal-words.service.js';
import { RenewalsService } from './renewals.service.js';

const TO_READ = { roles: rolesWith('accounts:read'), scopes: ['accounts:read'] } as const;
const TO_WRITE = { roles: rolesWith('renewals:write') };

@Controller('api/v1')
export class RenewalsController {
  constructor(
    private readonly renewals: RenewalsService,
    private readonly words: RenewalWords,
    private readonly ledger: LedgerService,
  ) {}

  @Get('renewals')
  @Access(TO_READ)
  @Answers(renewalListSchema)
  list(@CurrentPrincipal() principal: Principal, @Query({ schema: renewalListQuerySchema }) query: RenewalListQuery) {
    return this.renewals.list(principal, query);
  }

  @Get('accounts/:accountId/renewals')
  @Access(TO_READ)
  @Answers(accountRenewalsSchema)
  ofAccount(@CurrentScope() scope: Scope, @Param('accountId', { schema: idSchema }) accountId: string) {
    return this.renewals.ofAccount(scope, accountId);
  }

  @Patch('accounts/:accountId/renewals/:dueOn')
  @Access(TO_WRITE)
  @Answers(renewalSchema)
  forecast(
    @CurrentPrincipal() person: Person,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Param('dueOn', { schema: writtenDaySchema }) dueOn: string,
    @Body({ schema: updateForecastSchema }) given: UpdateForecast,
  ) {
    return this.words.forecast(person, accountId, dueOn, given);
  }

  @Post('accounts/:accountId/renewals/:dueOn/outcome')
  @Access(TO_WRITE)
  @Answers(renewalSchema)
  decide(
    @CurrentPrincipal() person: Person,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Param('dueOn', { schema: writtenDaySchema }) dueOn: string,
    @Body({ schema: renewalOutcomeSchema }) given: GiveOutcome,
  ) {
    return this.words.decide(person, accountId, dueOn, given);
  }

  @Delete('accounts/:accountId/renewals/:dueOn/outcome')
  @Access(TO_WRITE)
  @Answers(renewalSchema)
  undo(
    @CurrentPrincipal() person: Person,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Param('dueOn', { schema: writtenDaySchema }) dueOn: string,
    @Query({ schema: undoOutcomeQuerySchema }) { revision }: { revision: number },
  ) {
    return this.words.undo(person, accountId, dueOn, revision);
  }

  @Get('accounts/:accountId/ledger')
  @Access(TO_READ)
  @Answers(accountLedgerSchema)
  ledgerOfAccount(
    @CurrentScope() scope: Scope,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Query({ schema: ledgerQuerySchema }) query: LedgerQuery,
  ) {
    return this.ledger.ofAccount(scope, accountId, query);
  }
}
