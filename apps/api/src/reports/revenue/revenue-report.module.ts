import { Module } from '@nestjs/common';
import { ReportFiguresModule } from '../base/report-figures.module.js';
import { RevenuePeriods } from './periods.service.js';
import { RevenueController } from './revenue.controller.js';
import { RevenueReports } from './revenue.service.js';
import { RevenueAccountsRepository } from './revenue-accounts.repository.js';

@Module({
  imports: [ReportFiguresModule],
  controllers: [RevenueController],
  providers: [RevenueAccountsRepository, RevenuePeriods, RevenueReports],
})
export class RevenueReportModule {}
