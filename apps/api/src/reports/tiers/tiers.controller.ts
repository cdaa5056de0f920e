import { Controller, Get, Query, type StreamableFile, UseInterceptors } from '@nestjs/common';
import { type ReportFilters, reportFiltersSchema, reportOptionsSchema } from '@steward/shared/report-filters';
import { tierFeaturesSchema, tierPerformanceSchema, tierTodaySchema } from '@steward/shared/tier-performance';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal } from '../../platform/auth/current-user.decorator.js';
import { InTurn } from '../../platform/auth/in-turn.interceptor.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { csvFile } from '../base/csv-table.js';
import { FeaturesReport } from './features.service.js';
import { ReportOptionsOf } from './options.service.js';
import { featureTable, tierTable } from './tier-csv.js';
import { TiersReport } from './tiers.service.js';

@Controller('api/v1/reports')
@UseInterceptors(InTurn)
@Access({ roles: rolesWith('reports:read'), scopes: ['accounts:read'] })
export class TiersController {
  constructor(
    private readonly report: TiersReport,
    private readonly featuresReport: FeaturesReport,
    private readonly choices: ReportOptionsOf,
  ) {}

  @Get('options')
  @Answers(reportOptionsSchema)
  options(@CurrentPrincipal() principal: Principal) {
    return this.choices.options(principal);
  }

  @Get('tiers')
  @Answers(tierPerformanceSchema)
  performance(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: reportFiltersSchema }) filters: ReportFilters,
  ) {
    return this.report.performance(principal, filters);
  }

  @Get('tiers/today')
  @Answers(tierTodaySchema)
  today(@CurrentPrincipal() principal: Principal, @Query({ schema: reportFiltersSchema }) filters: ReportFilters) {
    return this.report.today(principal, filters);
  }

  @Get('tiers/features')
  @Answers(tierFeaturesSchema)
  features(@CurrentPrincipal() principal: Principal, @Query({ schema: reportFiltersSchema }) filters: ReportFilters) {
    return this.featuresReport.features(principal, filters);
  }

  @Get('tiers/export')
  async export(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: reportFiltersSchema }) filters: ReportFilters,
  ): Promise<StreamableFile> {
    const report = await this.report.performance(principal, filters);
    return csvFile(tierTable(report), `tiers-${report.from}-${report.to}`);
  }

  @Get('tiers/features/export')
  async exportFeatures(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: reportFiltersSchema }) filters: ReportFilters,
  ): Promise<StreamableFile> {
    const report = await this.featuresReport.features(principal, filters);
    return csvFile(featureTable(report), `features-by-tier-${report.month}`);
  }
}
