import { Controller, Get, Query, type StreamableFile, UseInterceptors } from '@nestjs/common';
import {
  type BandMovementQuery,
  bandMovementQuerySchema,
  bandMovementSchema,
  churnReasonsReportSchema,
  type PortfolioCsvQuery,
  type PortfolioQuery,
  playsSchema,
  portfolioCsvQuerySchema,
  portfolioQuerySchema,
  portfolioSchema,
  portfolioWorkSchema,
  type RenewalMonthsQuery,
  renewalMonthsQuerySchema,
  renewalMonthsSchema,
} from '@steward/shared/portfolio';
import { assertUnreachable } from '../../domain/assert-unreachable.js';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal } from '../../platform/auth/current-user.decorator.js';
import { InTurn } from '../../platform/auth/in-turn.interceptor.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { type CsvTable, csvFile } from '../base/csv-table.js';
import { OutcomesService } from './outcomes.service.js';
import { PortfolioService } from './portfolio.service.js';
import * as tables from './portfolio-csv.js';
import { WorkService } from './work.service.js';

@Controller('api/v1/reports')
@UseInterceptors(InTurn)
@Access({ roles: rolesWith('reports:read'), scopes: ['accounts:read'] })
export class PortfolioController {
  constructor(
    private readonly portfolio: PortfolioService,
    private readonly work: WorkService,
    private readonly outcomes: OutcomesService,
  ) {}

  @Get('portfolio')
  @Answers(portfolioSchema)
  books(@CurrentPrincipal() reader: Principal, @Query({ schema: portfolioQuerySchema }) query: PortfolioQuery) {
    return this.portfolio.books(reader, query);
  }

  @Get('portfolio/work')
  @Answers(portfolioWorkSchema)
  workOfOwners(@CurrentPrincipal() reader: Principal, @Query({ schema: portfolioQuerySchema }) query: PortfolioQuery) {
    return this.work.work(reader, query);
  }

  @Get('portfolio/csv')
  async csv(
    @CurrentPrincipal() reader: Principal,
    @Query({ schema: portfolioCsvQuerySchema }) { table, ...query }: PortfolioCsvQuery,
  ): Promise<StreamableFile> {
    return csvFile(await this.table(reader, table, query), table);
  }

  @Get('band-movement')
  @Answers(bandMovementSchema)
  bandMovement(
    @CurrentPrincipal() reader: Principal,
    @Query({ schema: bandMovementQuerySchema }) query: BandMovementQuery,
  ) {
    return this.portfolio.bandMovement(reader, query);
  }

  @Get('renewals-by-month')
  @Answers(renewalMonthsSchema)
  renewals(
    @CurrentPrincipal() reader: Principal,
    @Query({ schema: renewalMonthsQuerySchema }) query: RenewalMonthsQuery,
  ) {
    return this.outcomes.renewals(reader, query);
  }

  @Get('churn-reasons')
  @Answers(churnReasonsReportSchema)
  churn(@CurrentPrincipal() reader: Principal, @Query({ schema: portfolioQuerySchema }) query: PortfolioQuery) {
    return this.outcomes.churn(reader, query);
  }

  @Get('plays')
  @Answers(playsSchema)
  plays(@CurrentPrincipal() reader: Principal, @Query({ schema: portfolioQuerySchema }) query: PortfolioQuery) {
    return this.outcomes.plays(reader, query);
  }

  private async table(
    reader: Principal,
    table: PortfolioCsvQuery['table'],
    { fromDay, toDay, ahead, ...query }: Omit<PortfolioCsvQuery, 'table'>,
  ): Promise<CsvTable> {
    switch (table) {
      case 'books':
        return tables.booksTable(await this.portfolio.books(reader, query));
      case 'work':
        return tables.workTable(await this.work.work(reader, query));
      case 'bandMovement':
        return tables.bandMovementTable(await this.portfolio.bandMovement(reader, { ...query, fromDay, toDay }));
      case 'renewalsByMonth':
        return tables.renewalsTable(await this.outcomes.renewals(reader, { ...query, ahead }));
      case 'churnReasons':
        return tables.churnTable(await this.outcomes.churn(reader, query));
      case 'alertRules':
        return tables.alertRulesTable(await this.outcomes.plays(reader, query));
      case 'playbooks':
        return tables.playbooksTable(await this.outcomes.plays(reader, query));
      default:
        return assertUnreachable(table);
    }
  }
}
