import { Module } from '@nestjs/common';
import { RulesModule } from '../../db/rules/rules.module.js';
import { AccountEditsRepository } from './account-edits.repository.js';
import { AccountEditsService } from './account-edits.service.js';
import { AccountsController } from './accounts.controller.js';

@Module({
  imports: [RulesModule],
  controllers: [AccountsController],
  providers: [AccountEditsRepository, AccountEditsService],
})
export class AccountsModule {}
