import { Controller, Get, Query, type StreamableFile, UseInterceptors } from '@nestjs/common';
import {
  type LifecycleCsvQuery,
  type LifecycleQuery,
  lifecycleCsvQuerySchema,
  lifecycleFunnelSchema,
  lifecycleQuerySchema,
  lifecycleSchema,
  type StuckQuery,
  stuckListSchema,
  stuckQuerySchema,
  timeInStageSchema,
} from '@steward/shared/lifecycle-report';
import { assertUnreachable } from '../../domain/assert-unreachable.js';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal } from '../../platform/auth/current-user.decorator.js';
import { InTurn } from '../../platform/auth/in-turn.interceptor.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { type CsvTable, csvFile } from '../base/csv-table.js';
import * as tables from './lifecycle-csv.js';
import { LifecycleReportService } from './lifecycle-report.service.js';

@Controller('api/v1/reports/lifecycle')
@UseInterceptors(InTurn)
@Access({ roles: rolesWith('reports:read'), scopes: ['accounts:read'] })
export class LifecycleReportController {
  constructor(private readonly service: LifecycleReportService) {}

  @Get()
  @Answers(lifecycleSchema)
  standing(@CurrentPrincipal() reader: Principal, @Query({ schema: lifecycleQuerySchema }) query: LifecycleQuery) {
    return this.service.standing(reader, query);
  }

  @Get('funnel')
  @Answers(lifecycleFunnelSchema)
  funnel(@CurrentPrincipal() reader: Principal, @Query({ schema: lifecycleQuerySchema }) query: LifecycleQuery) {
    return this.service.funnel(reader, query);
  }

  @Get('time-in-stage')
  @Answers(timeInStageSchema)
  timeInStage(@CurrentPrincipal() reader: Principal, @Query({ schema: lifecycleQuerySchema }) query: LifecycleQuery) {
    return this.service.timeInStage(reader, query);
  }

  @Get('stuck')
  @Answers(stuckListSchema)
  stuck(@CurrentPrincipal() reader: Principal, @Query({ schema: stuckQuerySchema }) query: StuckQuery) {
    return this.service.slow(reader, query);
  }

  @Get('csv')
  async csv(
    @CurrentPrincipal() reader: Principal,
    @Query({ schema: lifecycleCsvQuerySchema }) { table, pace, ...query }: LifecycleCsvQuery,
  ): Promise<StreamableFile> {
    return csvFile(await this.table(reader, table, pace, query), table);
  }

  private async table(
    reader: Principal,
    table: LifecycleCsvQuery['table'],
    pace: LifecycleCsvQuery['pace'],
    query: LifecycleQuery,
  ): Promise<CsvTable> {
    switch (table) {
      case 'stages':
        return tables.stagesTable(await this.service.standing(reader, query));
      case 'funnel':
        return tables.funnelTable(await this.service.funnel(reader, query));
      case 'cohorts':
        return tables.cohortsTable(await this.service.funnel(reader, query));
      case 'timeInStage':
        return tables.timeTable(await this.service.timeInStage(reader, query));
      case 'stuck':
        return tables.stuckTable(await this.service.everySlow(reader, query, pace));
      default:
        return assertUnreachable(table);
    }
  }
}
