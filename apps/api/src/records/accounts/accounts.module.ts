import { Module } from '@nestjs/common';
import { RulesModule } from '../../db/rules/rules.module.js';
import { PulseReasonsReader } from '../pulse/pulse-reasons.reader.js';
import { AccountEditing } from './account-editing.js';
import { AccountEditsRepository } from './account-edits.repository.js';
import { AccountEditsService } from './account-edits.service.js';
import { AccountsController } from './accounts.controller.js';
import { HandOverRepository } from './hand-over.repository.js';
import { HandOvers } from './hand-overs.js';
import { ManyAccountsRepository } from './many-accounts.repository.js';
import { OverridesService } from './overrides.service.js';
import { OwnersController } from './owners.controller.js';
import { OwnersService } from './owners.service.js';

@Module({
  imports: [RulesModule],
  controllers: [AccountsController, OwnersController],
  providers: [
    AccountEditing,
    AccountEditsRepository,
    AccountEditsService,
    HandOverRepository,
    HandOvers,
    OverridesService,
    OwnersService,
    PulseReasonsReader,
    ManyAccountsRepository,
  ],
  exports: [AccountEditing, AccountEditsRepository, HandOverRepository, HandOvers, ManyAccountsRepository],
})
export class AccountsModule {}
