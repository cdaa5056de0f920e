import { Module } from '@nestjs/common';
import { RulesModule } from '../../db/rules/rules.module.js';
import { AccountEditing } from './account-editing.js';
import { AccountEditsRepository } from './account-edits.repository.js';
import { AccountEditsService } from './account-edits.service.js';
import { AccountsController } from './accounts.controller.js';
import { ManyAccountsRepository } from './many-accounts.repository.js';
import { OverridesService } from './overrides.service.js';

@Module({
  imports: [RulesModule],
  controllers: [AccountsController],
  providers: [AccountEditing, AccountEditsRepository, AccountEditsService, OverridesService, ManyAccountsRepository],
  exports: [AccountEditing, AccountEditsRepository, ManyAccountsRepository],
})
export class AccountsModule {}
