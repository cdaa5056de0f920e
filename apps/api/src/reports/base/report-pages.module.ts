import { Module } from '@nestjs/common';
import { RulesModule } from '../../db/rules/rules.module.js';
import { SegmentsReader } from '../../records/segments/segments.reader.js';
import { ReportPages } from './report-pages.service.js';

@Module({ imports: [RulesModule], providers: [ReportPages, SegmentsReader], exports: [ReportPages] })
export class ReportPagesModule {}
