import { Injectable } from '@nestjs/common';
import type { Task } from '@steward/shared/tasks';
import type { Tx } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import { changesBetween } from '../../platform/audit/changes.js';
import type { Scope } from '../../platform/auth/scope.js';
import { Acting, type Now, type Person } from '../acting.js';
import { ShownTasks } from '../shown-tasks.js';
import {
  type HeldTask,
  type NewTaskStep,
  type TaskKept,
  type TaskKey,
  TaskWritesRepository,
} from './task-writes.repository.js';
import { TasksRepository } from './tasks.repository.js';

export interface TaskChange {
  change: Partial<TaskKept>;
  event: NewTaskStep['kind'];
  details: Record<string, unknown> | null;
  isNews: boolean;
}

/** Writes a step of a task down: the row, its history and the log. */
@Injectable()
export class TaskSteps {
  constructor(
    private readonly writes: TaskWritesRepository,
    private readonly repository: TasksRepository,
    private readonly shownTasks: ShownTasks,
    private readonly acting: Acting,
  ) {}

  async keep(
    tx: Tx,
    person: Person,
    task: HeldTask,
    { change, event, details, isNews }: TaskChange,
    now: Now,
  ): Promise<void> {
    const { accountId, id } = task;
    await this.writes.change(tx, task, change);
    const before = Object.fromEntries(Object.keys(change).map((field) => [field, task[field as keyof TaskKept]]));
    await this.writes.addEvent(tx, {
      accountId,
      id,
      kind: event,
      at: now.at,
      day: isoOf(now.day),
      byUserId: now.userId,
      before: event === 'undone' ? null : before,
      details: { ...details, revision: task.revision + 1 },
      isNews,
    });
    const changes = changesBetween(task, change);
    await this.acting.record(tx, person, `task.${event}`, { kind: 'task', accountId, id }, changes);
  }

  async shown(tx: Tx, scope: Scope, keys: readonly TaskKey[], { day }: Now): Promise<Task[]> {
    if (keys.length === 0) return [];
    return this.shownTasks.shown(tx, await this.repository.byKeys(tx, scope, keys), day);
  }
}
