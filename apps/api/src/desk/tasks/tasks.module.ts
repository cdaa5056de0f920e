import { Module } from '@nestjs/common';
import { RulesModule } from '../../db/rules/rules.module.js';
import { FactsModule } from '../../intake/facts/facts.module.js';
import { PlaybooksReader } from '../../records/playbooks/playbooks.reader.js';
import { TaskMaker } from '../../records/tasks/task-maker.reader.js';
import { Acting } from '../acting.js';
import { AlertsRepository } from '../alerts/alerts.repository.js';
import { ShownTasks } from '../shown-tasks.js';
import { TaskActions } from './task-actions.service.js';
import { TaskEditing } from './task-editing.service.js';
import { TaskSteps } from './task-steps.service.js';
import { TaskWritesRepository } from './task-writes.repository.js';
import { TasksController } from './tasks.controller.js';
import { TasksRepository } from './tasks.repository.js';
import { TasksService } from './tasks.service.js';

/** Tasks as people work with them. */
@Module({
  imports: [RulesModule, FactsModule],
  controllers: [TasksController],
  providers: [
    Acting,
    AlertsRepository,
    PlaybooksReader,
    ShownTasks,
    TaskActions,
    TaskEditing,
    TaskMaker,
    TaskSteps,
    TaskWritesRepository,
    TasksRepository,
    TasksService,
  ],
})
export class TasksModule {}
