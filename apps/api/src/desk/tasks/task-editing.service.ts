import { Injectable } from '@nestjs/common';
import type { CreateTask, Task, UpdateTask } from '@steward/shared/tasks';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import { taskStepOf } from '../../domain/goals/task-actions.js';
import { changesBetween, changesOfNew } from '../../platform/audit/changes.js';
import { Conflict, InvalidInput, NotFound } from '../../platform/errors/app-error.js';
import { TaskMaker } from '../../records/tasks/task-maker.reader.js';
import { Acting, maySee, notBefore, type Owners, type Person } from '../acting.js';
import { taskDueInReach } from './days-in-reach.js';
import { taskRefusal, wordsFor } from './task-refusals.js';
import { TaskSteps } from './task-steps.service.js';
import { type HeldTask, type TaskKept, type TaskKey, TaskWritesRepository } from './task-writes.repository.js';

/** Tasks that people write. */
@Injectable()
export class TaskEditing {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly writes: TaskWritesRepository,
    private readonly maker: TaskMaker,
    private readonly steps: TaskSteps,
    private readonly acting: Acting,
  ) {}

  async create(person: Person, accountId: string, given: CreateTask): Promise<Task> {
    const task = await this.unitOfWork.run(async (tx) => {
      const owners = await this.writes.visible(tx, person.scope, accountId);
      if (owners === null) throw new NotFound('account');
      const now = await this.acting.now(tx, person);
      if (given.dueDay !== null) taskDueInReach(given.dueDay, now.day);
      await this.goalMustLive(tx, accountId, given.goalId);
      const assigneeUserId = given.assigneeUserId ?? person.user.id;
      await this.assigneeMustSee(tx, assigneeUserId, owners);
      const id = await this.maker.make(tx, {
        accountId,
        goalId: given.goalId,
        origin: 'hand',
        title: given.title,
        guidance: given.guidance,
        dueDay: given.dueDay,
        assigneeUserId,
        touchpointId: null,
        createdBy: person.user.id,
        day: isoOf(now.day),
        at: now.at,
      });
      await this.acting.record(tx, person, 'task.created', { kind: 'task', accountId, id }, changesOfNew(given));
      await this.acting.settle(tx, [accountId], given.goalId === null ? [] : [accountId], now);
      const [made] = await this.steps.shown(tx, person.scope, [{ accountId, id }], now);
      return made as Task;
    });
    this.acting.hint();
    return task;
  }

  async update(person: Person, key: TaskKey, { revision, ...given }: UpdateTask): Promise<Task> {
    return this.unitOfWork.run(async (tx) => {
      const now = await this.acting.now(tx, person);
      if (given.dueDay != null) taskDueInReach(given.dueDay, now.day);
      const [task] = await this.writes.held(tx, person.scope, [key]);
      if (!task) throw taskRefusal('NOT_FOUND');
      if (task.state !== 'open') throw taskRefusal('TASK_ENDED', task);
      if (task.revision !== revision) throw taskRefusal('REVISION_MOVED');
      const then = notBefore(now, task);
      const words = wordsGiven(task, given);
      const due = given.dueDay === undefined ? null : taskStepOf(task, { kind: 'due', dueDay: given.dueDay }, then);
      if (due?.kind === 'refused') throw taskRefusal(due.why, task);
      const change: Partial<TaskKept> = { ...words, ...due?.change };
      if (Object.keys(changesBetween(task, change)).length > 0) {
        const isWords = Object.keys(words).length > 0;
        const details = due?.details ?? null;
        const step = { change, event: isWords ? ('changed' as const) : ('due' as const), details, isNews: false };
        await this.steps.keep(tx, person, task, step, then);
        await this.acting.settle(tx, [task.accountId], [], then);
      }
      const [shown] = await this.steps.shown(tx, person.scope, [key], now);
      return shown as Task;
    });
  }

  private async goalMustLive(tx: Tx, accountId: string, goalId: string | null): Promise<void> {
    if (goalId === null) return;
    const status = await this.writes.goalStatus(tx, accountId, goalId);
    if (status === null) throw new NotFound('goal');
    if (status === 'achieved' || status === 'cancelled') throw new Conflict('GOAL_ENDED', wordsFor('GOAL_ENDED', null));
  }

  private async assigneeMustSee(tx: Tx, userId: string, owners: Owners): Promise<void> {
    if (maySee(await this.acting.assignee(tx, userId), owners)) return;
    const message = wordsFor('ASSIGNEE_CANNOT_SEE', null);
    throw new InvalidInput(message, [{ path: 'assigneeUserId', message }], 'ASSIGNEE_CANNOT_SEE');
  }
}

/** A playbook's task keeps its words: only its day is anybody's to set. */
function wordsGiven(task: HeldTask, { title, guidance }: Omit<UpdateTask, 'revision'>): Partial<TaskKept> {
  const wanted = {
    ...(title === undefined || title === task.title ? {} : { title }),
    ...(guidance === undefined || guidance === task.guidance ? {} : { guidance }),
  };
  if (task.origin === 'playbook' && Object.keys(wanted).length > 0) throw taskRefusal('OF_A_PLAYBOOK');
  return wanted;
}
