import { Module } from '@nestjs/common';
import { RulesModule } from '../../db/rules/rules.module.js';
import { SalesLists } from '../../records/deals/sales-lists.reader.js';
import { TimelineController } from './timeline.controller.js';
import { TimelineRepository } from './timeline.repository.js';
import { TimelineService } from './timeline.service.js';

@Module({
  imports: [RulesModule],
  controllers: [TimelineController],
  providers: [SalesLists, TimelineRepository, TimelineService],
})
export class TimelineModule {}
