import { Controller, Get, Query, type StreamableFile, UseInterceptors } from '@nestjs/common';
import {
  type RevenueAccountsQuery,
  type RevenueExportQuery,
  type RevenueQuery,
  revenueAccountsQuerySchema,
  revenueAccountsSchema,
  revenueExportQuerySchema,
  revenueQuerySchema,
  revenueReportSchema,
} from '@steward/shared/revenue-report';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal } from '../../platform/auth/current-user.decorator.js';
import { InTurn } from '../../platform/auth/in-turn.interceptor.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { csvFile } from '../base/csv-table.js';
import { RevenueReports } from './revenue.service.js';
import { dimensionTable, monthTable } from './revenue-csv.js';

@Controller('api/v1/reports/revenue')
@UseInterceptors(InTurn)
@Access({ roles: rolesWith('reports:read'), scopes: ['accounts:read'] })
export class RevenueController {
  constructor(private readonly reports: RevenueReports) {}

  @Get()
  @Answers(revenueReportSchema)
  report(@CurrentPrincipal() principal: Principal, @Query({ schema: revenueQuerySchema }) query: RevenueQuery) {
    return this.reports.report(principal, query);
  }

  @Get('accounts')
  @Answers(revenueAccountsSchema)
  accounts(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: revenueAccountsQuerySchema }) query: RevenueAccountsQuery,
  ) {
    return this.reports.accounts(principal, query);
  }

  @Get('export')
  async export(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: revenueExportQuerySchema }) { table, ...query }: RevenueExportQuery,
  ): Promise<StreamableFile> {
    const report = await this.reports.report(principal, query);
    const name = `revenue-${table}-${report.period.from}-${report.period.to}`;
    return csvFile(table === 'months' ? monthTable(report) : dimensionTable(report), name);
  }
}
