import { Module } from '@nestjs/common';
import { ReportPagesModule } from '../base/report-pages.module.js';
import { LifecycleReportController } from './lifecycle-report.controller.js';
import { LifecycleReportRepository } from './lifecycle-report.repository.js';
import { LifecycleReportService } from './lifecycle-report.service.js';

/** How accounts go through the stages. */
@Module({
  imports: [ReportPagesModule],
  controllers: [LifecycleReportController],
  providers: [LifecycleReportRepository, LifecycleReportService],
})
export class LifecycleReportModule {}
