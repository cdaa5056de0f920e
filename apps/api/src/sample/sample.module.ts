import { Module } from '@nestjs/common';
import { FactsModule } from '../intake/facts/facts.module.js';
import { RunModule } from '../pipeline/run/run.module.js';
import { UsersModule } from '../records/users/users.module.js';
import { WorkspaceModule } from '../records/workspace/workspace.module.js';
import { SampleRepository } from './sample.repository.js';
import { SampleService } from './sample.service.js';
import { SampleFacts } from './sample-facts.service.js';

@Module({
  imports: [FactsModule, RunModule, UsersModule, WorkspaceModule],
  providers: [SampleFacts, SampleRepository, SampleService],
  exports: [SampleService],
})
export class SampleModule {}
