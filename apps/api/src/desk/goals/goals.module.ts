import { Module } from '@nestjs/common';
import { RulesModule } from '../../db/rules/rules.module.js';
import { FactsModule } from '../../intake/facts/facts.module.js';
import { PlaybooksReader } from '../../records/playbooks/playbooks.reader.js';
import { GoalStarts } from '../../stages/goal-starts.js';
import { GoalsStageModule } from '../../stages/goals/goals.module.js';
import { Acting } from '../acting.js';
import { AlertsModule } from '../alerts/alerts.module.js';
import { AlertsRepository } from '../alerts/alerts.repository.js';
import { ShownGoals } from '../shown-goals.js';
import { ShownTasks } from '../shown-tasks.js';
import { GoalActions } from './goal-actions.service.js';
import { GoalMeasures } from './goal-measures.service.js';
import { GoalPage } from './goal-page.service.js';
import { GoalStart } from './goal-start.service.js';
import { GoalTaskSteps } from './goal-task-steps.service.js';
import { GoalTasksOfDesk } from './goal-tasks.repository.js';
import { GoalWritesRepository } from './goal-writes.repository.js';
import { GoalsController } from './goals.controller.js';
import { GoalsRepository } from './goals.repository.js';
import { GoalsService } from './goals.service.js';
import { OneGoal } from './one-goal.service.js';

/** Goals as people work with them. Those that run by themselves come from the pipeline. */
@Module({
  imports: [RulesModule, FactsModule, AlertsModule, GoalsStageModule],
  controllers: [GoalsController],
  providers: [
    Acting,
    AlertsRepository,
    GoalActions,
    GoalMeasures,
    GoalPage,
    GoalStart,
    GoalStarts,
    GoalTaskSteps,
    GoalTasksOfDesk,
    GoalWritesRepository,
    GoalsRepository,
    GoalsService,
    OneGoal,
    PlaybooksReader,
    ShownGoals,
    ShownTasks,
  ],
})
export class GoalsModule {}
