import { Module } from '@nestjs/common';
import { PlaybooksReader } from '../../records/playbooks/playbooks.reader.js';
import { SignalsModule } from '../signals/signals.module.js';
import { GoalEvaluation } from './goal-evaluation.service.js';
import { GoalFactsRepository } from './goal-facts.repository.js';
import { GoalReplay } from './goal-replay.service.js';
import { GoalRunsRepository } from './goal-runs.repository.js';
import { GoalStarter } from './goal-starter.service.js';
import { GoalTasksRepository } from './goal-tasks.repository.js';
import { GoalTriggers } from './goal-triggers.service.js';
import { GoalWriterRepository } from './goal-writer.repository.js';
import { GoalsRepository } from './goals.repository.js';
import { GoalsStage } from './goals.stage.js';

@Module({
  imports: [SignalsModule],
  providers: [
    PlaybooksReader,
    GoalEvaluation,
    GoalFactsRepository,
    GoalReplay,
    GoalRunsRepository,
    GoalStarter,
    GoalTasksRepository,
    GoalTriggers,
    GoalWriterRepository,
    GoalsRepository,
    GoalsStage,
  ],
  exports: [GoalReplay, GoalStarter, GoalTriggers, GoalsStage],
})
export class GoalsStageModule {}
