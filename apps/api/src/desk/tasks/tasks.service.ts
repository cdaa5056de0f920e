import { Injectable } from '@nestjs/common';
import type { TaskList, TaskListQuery } from '@steward/shared/tasks';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import type { Principal } from '../../platform/auth/principal.js';
import { WorkspaceReader } from '../../records/workspace/workspace.reader.js';
import { ShownTasks } from '../shown-tasks.js';
import { peopleMeant } from '../whose.js';
import { type TasksOf, TasksRepository } from './tasks.repository.js';

/** Tasks by whose they are, within the reader's scope. */
@Injectable()
export class TasksService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: TasksRepository,
    private readonly shownTasks: ShownTasks,
    private readonly workspaces: WorkspaceReader,
  ) {}

  list(principal: Principal, { scope: whose, ...query }: TaskListQuery): Promise<TaskList> {
    const { scope } = principal;
    return this.unitOfWork.run(async (tx) => {
      const today = await this.workspaces.today(tx);
      const day = isoOf(today);
      const of = tasksOf(principal, whose);
      const question = { ...query, of };
      const total = await this.repository.total(tx, scope, question, day);
      const found = total === 0 ? [] : await this.repository.page(tx, scope, question, day);
      const tasks = await this.shownTasks.shown(
        tx,
        found.map(({ account: _, ...row }) => row),
        today,
      );
      const rows = found.flatMap(({ account }, place) => {
        const task = tasks[place];
        return task ? [{ account, task }] : [];
      });
      return { rows, total, counts: await this.repository.counts(tx, scope, of, day) };
    });
  }
}

function tasksOf(principal: Principal, whose: TaskListQuery['scope']): TasksOf {
  if (whose === 'unassigned') return { kind: 'nobody' };
  const ids = peopleMeant(principal, whose);
  return ids === null ? { kind: 'all' } : { kind: 'people', ids };
}
