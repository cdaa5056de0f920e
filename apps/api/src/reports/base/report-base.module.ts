import { Module } from '@nestjs/common';
import { AccountMonthsRepository } from './account-months.repository.js';
import { OwnerSumsRepository } from './owner-sums.repository.js';
import { ReportBuild } from './report-build.service.js';
import { ReportOrdersRepository } from './report-orders.repository.js';
import { ReportOrders } from './report-orders.service.js';
import { ReportSums } from './report-sums.service.js';
import { ReportWorld } from './report-world.js';
import { RollupRepository } from './rollup.repository.js';

@Module({
  providers: [
    AccountMonthsRepository,
    OwnerSumsRepository,
    ReportBuild,
    ReportOrders,
    ReportOrdersRepository,
    ReportSums,
    ReportWorld,
    RollupRepository,
  ],
  exports: [AccountMonthsRepository, ReportBuild, ReportOrders, ReportOrdersRepository, ReportSums, ReportWorld],
})
export class ReportBaseModule {}
