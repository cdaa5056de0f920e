import { Module } from '@nestjs/common';
import { RulesModule } from '../../db/rules/rules.module.js';
import { PlaybooksModule } from '../../records/playbooks/playbooks.module.js';
import { GoalPlans } from '../../stages/goal-plans.js';
import { GoalsStageModule } from '../../stages/goals/goals.module.js';
import { AccountListModule } from '../account-list/account-list.module.js';
import { PlaybookDryRunRepository } from './dry-run.repository.js';
import { PlaybookDryRun } from './dry-run.service.js';
import { EffectRepository } from './effect.repository.js';
import { PlaybookEffects } from './effect.service.js';
import { PlaybookRunsController } from './playbook-runs.controller.js';

/** What playbooks would do, and what came of them. */
@Module({
  imports: [AccountListModule, GoalsStageModule, PlaybooksModule, RulesModule],
  controllers: [PlaybookRunsController],
  providers: [EffectRepository, GoalPlans, PlaybookDryRun, PlaybookDryRunRepository, PlaybookEffects],
})
export class PlaybookRunsModule {}
