import { Module } from '@nestjs/common';
import { RulesModule } from '../../db/rules/rules.module.js';
import { AccountsModule } from '../../records/accounts/accounts.module.js';
import { PlaybooksReader } from '../../records/playbooks/playbooks.reader.js';
import { PulseReasonsReader } from '../../records/pulse/pulse-reasons.reader.js';
import { WorkspaceModule } from '../../records/workspace/workspace.module.js';
import { GoalStarts } from '../../stages/goal-starts.js';
import { GoalsStageModule } from '../../stages/goals/goals.module.js';
import { AccountListModule } from '../account-list/account-list.module.js';
import { AlertsModule } from '../alerts/alerts.module.js';
import { BulkController } from './bulk.controller.js';
import { BulkProcessor } from './bulk.processor.js';
import { BulkRepository } from './bulk.repository.js';
import { BulkService } from './bulk.service.js';
import { BulkDesk } from './bulk-desk.js';
import { BulkWorker } from './bulk-worker.js';
import { AssignKind } from './kinds/assign.js';
import { BulkKinds } from './kinds/bulk-kinds.js';
import { PulseKind } from './kinds/pulse.js';
import { SnoozeKind } from './kinds/snooze.js';
import { StartPlaybookKind } from './kinds/start-playbook.js';
import { TagKind } from './kinds/tag.js';
import { ReleaseTierKind, TierKind } from './kinds/tier.js';
import { Orderer } from './orderer.js';
import { RefusedItems } from './refused-items.repository.js';
import { StartedGoals } from './started-goals.repository.js';

@Module({
  imports: [RulesModule, WorkspaceModule, AccountsModule, AccountListModule, AlertsModule, GoalsStageModule],
  controllers: [BulkController],
  providers: [
    BulkRepository,
    RefusedItems,
    BulkService,
    BulkDesk,
    BulkWorker,
    Orderer,
    AssignKind,
    TierKind,
    ReleaseTierKind,
    PulseKind,
    PulseReasonsReader,
    TagKind,
    SnoozeKind,
    StartPlaybookKind,
    GoalStarts,
    PlaybooksReader,
    StartedGoals,
    BulkKinds,
    BulkProcessor,
  ],
  exports: [BulkWorker],
})
export class BulkModule {}
