import { Controller, Get, Param, Query } from '@nestjs/common';
import {
  accountAsOfQuerySchema,
  accountDetailSchema,
  accountFactsQuerySchema,
  type FactList,
  factListSchema,
  factPageSchema,
  moveListSchema,
  scoreChangeQuerySchema,
  seriesQuerySchema,
  seriesSchema,
} from '@steward/shared/accounts';
import { type IsoDay, idSchema } from '@steward/shared/common';
import { accountExplanationSchema, scoreChangeSchema } from '@steward/shared/health';
import { accountSegmentsSchema } from '@steward/shared/segments';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal, CurrentScope } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Principal } from '../../platform/auth/principal.js';
import type { Scope } from '../../platform/auth/scope.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { AccountHealthService } from './account-health.service.js';
import { AccountPageService, type FactPageQuery } from './account-page.service.js';

@Controller('api/v1/accounts/:accountId')
@Access({ roles: rolesWith('accounts:read'), scopes: ['accounts:read'] })
export class AccountPageController {
  constructor(
    private readonly pages: AccountPageService,
    private readonly health: AccountHealthService,
  ) {}

  @Get()
  @Answers(accountDetailSchema)
  detail(
    @CurrentScope() scope: Scope,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Query({ schema: accountAsOfQuerySchema }) { asOf }: { asOf?: IsoDay },
  ) {
    return this.pages.detail(scope, accountId, asOf);
  }

  @Get('explanation')
  @Answers(accountExplanationSchema)
  explanation(
    @CurrentScope() scope: Scope,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Query({ schema: accountAsOfQuerySchema }) { asOf }: { asOf?: IsoDay },
  ) {
    return this.health.explanation(scope, accountId, asOf);
  }

  @Get('changes')
  @Answers(scoreChangeSchema)
  changes(
    @CurrentScope() scope: Scope,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Query({ schema: scoreChangeQuerySchema }) days: { from: IsoDay; to: IsoDay },
  ) {
    return this.health.changes(scope, accountId, days);
  }

  @Get('series')
  @Answers(seriesSchema)
  series(
    @CurrentScope() scope: Scope,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Query({ schema: seriesQuerySchema }) query: { fields: string; from: IsoDay; to: IsoDay },
  ) {
    return this.health.series(scope, accountId, query);
  }

  @Get('moves')
  @Answers(moveListSchema)
  moves(@CurrentScope() scope: Scope, @Param('accountId', { schema: idSchema }) accountId: string) {
    return this.pages.moves(scope, accountId);
  }

  @Get('segments')
  @Answers(accountSegmentsSchema)
  segments(
    @CurrentPrincipal() principal: Principal,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Query({ schema: accountAsOfQuerySchema }) { asOf }: { asOf?: IsoDay },
  ) {
    return this.pages.segments(principal, accountId, asOf);
  }

  @Get('facts/:kind')
  @Answers(factPageSchema)
  facts(
    @CurrentScope() scope: Scope,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Param('kind', { schema: factListSchema }) kind: FactList,
    @Query({ schema: accountFactsQuerySchema }) query: FactPageQuery,
  ) {
    return this.pages.factPage(scope, accountId, kind, query);
  }
}
