import { Module } from '@nestjs/common';
import { RulesModule } from '../../db/rules/rules.module.js';
import { ReportFiguresModule } from '../base/report-figures.module.js';
import { FeaturesRepository } from './features.repository.js';
import { FeaturesReport } from './features.service.js';
import { ReportOptionsRepository } from './options.repository.js';
import { ReportOptionsOf } from './options.service.js';
import { TiersController } from './tiers.controller.js';
import { TiersReport } from './tiers.service.js';

@Module({
  imports: [ReportFiguresModule, RulesModule],
  controllers: [TiersController],
  providers: [FeaturesReport, FeaturesRepository, ReportOptionsOf, ReportOptionsRepository, TiersReport],
})
export class TiersReportModule {}
