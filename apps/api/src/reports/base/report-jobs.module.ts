import { Module } from '@nestjs/common';
import { ReportBaseModule } from './report-base.module.js';
import { ReportsProcessor } from './reports.processor.js';

/** The jobs that put figures down; needs the queue beside it. */
@Module({ imports: [ReportBaseModule], providers: [ReportsProcessor] })
export class ReportJobsModule {}
