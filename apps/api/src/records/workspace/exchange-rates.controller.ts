import { Body, Controller, Delete, Get, Param, Put } from '@nestjs/common';
import { type IsoDay, writtenDaySchema } from '@steward/shared/common';
import {
  exchangeRateListSchema,
  exchangeRateSchema,
  type SetExchangeRate,
  setExchangeRateSchema,
} from '@steward/shared/exchange-rates';
import { currencySchema } from '@steward/shared/workspace';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentActor, CurrentScope } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Actor } from '../../platform/auth/principal.js';
import type { Scope } from '../../platform/auth/scope.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { ExchangeRatesService } from './exchange-rates.service.js';

@Controller('api/v1/workspace/exchange-rates')
export class ExchangeRatesController {
  constructor(private readonly rates: ExchangeRatesService) {}

  @Get()
  @Access({ roles: rolesWith('model:read') })
  @Answers(exchangeRateListSchema)
  list(@CurrentScope() scope: Scope) {
    return this.rates.list(scope);
  }

  @Put(':currency/:fromDay')
  @Access({ roles: rolesWith('workspace:write') })
  @Answers(exchangeRateSchema)
  set(
    @CurrentActor() actor: Actor,
    @Param('currency', { schema: currencySchema }) currency: string,
    @Param('fromDay', { schema: writtenDaySchema }) fromDay: IsoDay,
    @Body({ schema: setExchangeRateSchema }) { rate }: SetExchangeRate,
  ) {
    return this.rates.set(actor, { currency, fromDay, rate });
  }

  /** What was removed. */
  @Delete(':currency/:fromDay')
  @Access({ roles: rolesWith('workspace:write') })
  @Answers(exchangeRateSchema)
  remove(
    @CurrentActor() actor: Actor,
    @Param('currency', { schema: currencySchema }) currency: string,
    @Param('fromDay', { schema: writtenDaySchema }) fromDay: IsoDay,
  ) {
    return this.rates.remove(actor, currency, fromDay);
  }
}
