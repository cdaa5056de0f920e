import { Module } from '@nestjs/common';
import { RulesModule } from '../../db/rules/rules.module.js';
import { WorkspaceModule } from '../../records/workspace/workspace.module.js';
import { AccountListController } from './account-list.controller.js';
import { AccountListRepository } from './account-list.repository.js';
import { AccountListService } from './account-list.service.js';

@Module({
  imports: [RulesModule, WorkspaceModule],
  controllers: [AccountListController],
  providers: [AccountListRepository, AccountListService],
})
export class AccountListModule {}
