import { Body, Controller, Get, HttpCode, Post, StreamableFile } from '@nestjs/common';
import {
  accountCountQuerySchema,
  accountCountSchema,
  accountExportSchema,
  accountPageSchema,
  accountQuerySchema,
  type ParsedAccountCountQuery,
  type ParsedAccountExport,
  type ParsedAccountQuery,
} from '@steward/shared/accounts';
import { catalogueSchema, eventCatalogueSchema } from '@steward/shared/catalogue';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { AccountListService } from './account-list.service.js';

@Controller('api/v1')
@Access({ roles: rolesWith('accounts:read'), scopes: ['accounts:read'] })
export class AccountListController {
  constructor(private readonly accounts: AccountListService) {}

  @Post('accounts/query')
  @Answers(accountPageSchema)
  page(@CurrentPrincipal() principal: Principal, @Body({ schema: accountQuerySchema }) query: ParsedAccountQuery) {
    return this.accounts.page(principal, query);
  }

  @Post('accounts/count')
  @Answers(accountCountSchema)
  count(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: accountCountQuerySchema }) query: ParsedAccountCountQuery,
  ) {
    return this.accounts.count(principal, query);
  }

  @Post('accounts/export')
  @HttpCode(200)
  async export(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: accountExportSchema }) query: ParsedAccountExport,
  ): Promise<StreamableFile> {
    const { file, name } = await this.accounts.export(principal, query);
    return new StreamableFile(file, {
      type: 'text/csv; charset=utf-8',
      disposition: `attachment; filename="${name}"`,
    });
  }

  @Get('catalogue')
  @Answers(catalogueSchema)
  catalogue() {
    return this.accounts.catalogue();
  }

  @Get('catalogue/events')
  @Answers(eventCatalogueSchema)
  events(@CurrentPrincipal() principal: Principal) {
    return this.accounts.events(principal);
  }
}
