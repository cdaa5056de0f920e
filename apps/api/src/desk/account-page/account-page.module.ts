import { Module } from '@nestjs/common';
import { RulesModule } from '../../db/rules/rules.module.js';
import { AccountExplanations } from '../../stages/account-explanations.js';
import { ModelModule } from '../../stages/model/model.module.js';
import { SignalsModule } from '../../stages/signals/signals.module.js';
import { AccountFactsRepository } from './account-facts.repository.js';
import { AccountHealthService } from './account-health.service.js';
import { AccountPageController } from './account-page.controller.js';
import { AccountPageRepository } from './account-page.repository.js';
import { AccountPageService } from './account-page.service.js';
import { StoredDaysRepository } from './stored-days.repository.js';

@Module({
  imports: [RulesModule, ModelModule, SignalsModule],
  controllers: [AccountPageController],
  providers: [
    AccountExplanations,
    AccountFactsRepository,
    AccountHealthService,
    AccountPageRepository,
    AccountPageService,
    StoredDaysRepository,
  ],
  exports: [AccountHealthService],
})
export class AccountPageModule {}
