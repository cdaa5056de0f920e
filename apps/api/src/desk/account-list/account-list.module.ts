import { Module } from '@nestjs/common';
import { RulesModule } from '../../db/rules/rules.module.js';
import { SalesLists } from '../../records/deals/sales-lists.reader.js';
import { SegmentsReader } from '../../records/segments/segments.reader.js';
import { WorkspaceModule } from '../../records/workspace/workspace.module.js';
import { AccountListController } from './account-list.controller.js';
import { AccountListRepository } from './account-list.repository.js';
import { AccountListService } from './account-list.service.js';
import { EventNamesRepository } from './event-names.repository.js';
import { PreviewController } from './preview.controller.js';
import { PreviewRepository } from './preview.repository.js';
import { PreviewService } from './preview.service.js';
import { Questions } from './questions.service.js';

@Module({
  imports: [RulesModule, WorkspaceModule],
  controllers: [AccountListController, PreviewController],
  providers: [
    AccountListRepository,
    AccountListService,
    EventNamesRepository,
    PreviewRepository,
    PreviewService,
    Questions,
    SalesLists,
    SegmentsReader,
  ],
  exports: [AccountListRepository, AccountListService, PreviewRepository, Questions],
})
export class AccountListModule {}
