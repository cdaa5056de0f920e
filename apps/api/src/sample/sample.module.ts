import { Module } from '@nestjs/common';
import { FactsModule } from '../intake/facts/facts.module.js';
import { RunModule } from '../pipeline/run/run.module.js';
import { UsersModule } from '../records/users/users.module.js';
import { WorkspaceModule } from '../records/workspace/workspace.module.js';
import { ReportBaseModule } from '../reports/base/report-base.module.js';
import { StateModule } from '../stages/state/state.module.js';
import { SampleController } from './sample.controller.js';
import { SampleProcessor } from './sample.processor.js';
import { SampleRepository } from './sample.repository.js';
import { SampleService } from './sample.service.js';
import { SampleAccounts } from './sample-accounts.service.js';
import { SampleFacts } from './sample-facts.service.js';
import { SampleHistory } from './sample-history.service.js';
import { SampleOrders } from './sample-orders.service.js';
import { SampleTasksRepository } from './sample-tasks.repository.js';

@Module({
  imports: [FactsModule, ReportBaseModule, RunModule, StateModule, UsersModule, WorkspaceModule],
  controllers: [SampleController],
  providers: [
    SampleAccounts,
    SampleFacts,
    SampleHistory,
    SampleOrders,
    SampleProcessor,
    SampleRepository,
    SampleService,
    SampleTasksRepository,
  ],
  exports: [SampleService],
})
export class SampleModule {}
