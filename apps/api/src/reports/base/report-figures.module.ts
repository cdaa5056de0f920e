import { Module } from '@nestjs/common';
import { AccountEndsRepository } from './account-ends.repository.js';
import { AccountEndsOf } from './account-ends.service.js';
import { DaySumsRepository } from './day-sums.repository.js';
import { MonthSumsRepository } from './month-sums.repository.js';
import { ReportBaseModule } from './report-base.module.js';
import { ReportMonths } from './report-months.service.js';
import { ReportPagesModule } from './report-pages.module.js';

/** What reports over months read. */
@Module({
  imports: [ReportBaseModule, ReportPagesModule],
  providers: [AccountEndsRepository, AccountEndsOf, DaySumsRepository, MonthSumsRepository, ReportMonths],
  exports: [
    AccountEndsRepository,
    AccountEndsOf,
    DaySumsRepository,
    MonthSumsRepository,
    ReportMonths,
    ReportPagesModule,
  ],
})
export class ReportFiguresModule {}
