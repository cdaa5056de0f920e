import { Module } from '@nestjs/common';
import { AccountMonthsRepository } from './account-months.repository.js';
import { ReportBuild } from './report-build.service.js';
import { ReportOrdersRepository } from './report-orders.repository.js';
import { ReportOrders } from './report-orders.service.js';
import { ReportWorld } from './report-world.js';
import { RollupRepository } from './rollup.repository.js';

@Module({
  providers: [
    AccountMonthsRepository,
    ReportBuild,
    ReportOrders,
    ReportOrdersRepository,
    ReportWorld,
    RollupRepository,
  ],
  exports: [AccountMonthsRepository, ReportBuild, ReportOrders, ReportOrdersRepository, ReportWorld],
})
export class ReportBaseModule {}
