import { Module, type OnModuleInit } from '@nestjs/common';
import { RulesModule } from '../../db/rules/rules.module.js';
import { ExclusionsService } from './exclusions.service.js';
import { HistoryRepository } from './history.repository.js';
import { HistoryService } from './history.service.js';
import { MembersRepository } from './members.repository.js';
import { MembersService } from './members.service.js';
import { SegmentChanges } from './segment-changes.js';
import { SegmentsController } from './segments.controller.js';
import { SegmentsRepository } from './segments.repository.js';
import { SegmentsService } from './segments.service.js';

/** Segments as people keep them. The built-in ones are made at the first start. */
@Module({
  imports: [RulesModule],
  controllers: [SegmentsController],
  providers: [
    ExclusionsService,
    HistoryRepository,
    HistoryService,
    MembersRepository,
    MembersService,
    SegmentChanges,
    SegmentsRepository,
    SegmentsService,
  ],
})
export class SegmentsModule implements OnModuleInit {
  constructor(private readonly segments: SegmentsService) {}

  async onModuleInit(): Promise<void> {
    await this.segments.ensureBuiltIns();
  }
}
