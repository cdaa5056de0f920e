import { Injectable } from '@nestjs/common';
import type { TaskAction, TaskActionAnswer, TaskRefusal } from '@steward/shared/tasks';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { type TaskStep, taskStepOf } from '../../domain/goals/task-actions.js';
import { stepToUndo } from '../../domain/goals/undo.js';
import { changesBetween } from '../../platform/audit/changes.js';
import { InvalidInput } from '../../platform/errors/app-error.js';
import { Acting, type Assignee, maySee, type Now, notBefore, type Person } from '../acting.js';
import { snoozeInReach, taskDueInReach } from './days-in-reach.js';
import { wordsFor } from './task-refusals.js';
import { TaskSteps } from './task-steps.service.js';
import { type HeldTask, type TaskKept, type TaskKey, TaskWritesRepository } from './task-writes.repository.js';

/** One action as it was asked for, and who asks. */
interface Order {
  person: Person;
  now: Now;
  action: TaskAction;
  /** Null: nobody, or nobody who could act. */
  assignee: Assignee | null;
}

const keyOf = ({ accountId, id }: TaskKey) => `${accountId} ${id}`;

/** What people do with tasks. Each task of a request is answered on its own. */
@Injectable()
export class TaskActions {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly writes: TaskWritesRepository,
    private readonly steps: TaskSteps,
    private readonly acting: Acting,
  ) {}

  async act(person: Person, action: TaskAction): Promise<TaskActionAnswer> {
    if (new Set(action.tasks.map(keyOf)).size < action.tasks.length) {
      throw new InvalidInput('A task is named twice.', [{ path: 'tasks', message: 'names a task twice' }]);
    }
    const answer = await this.unitOfWork.run(async (tx) => {
      const order = await this.orderOf(tx, person, action);
      const wanted = new Map(action.tasks.map((each) => [keyOf(each), each.revision]));
      // In the order of their keys, as all writers of several rows.
      const held = await this.writes.held(tx, person.scope, action.tasks);
      const refused = new Map<string, { code: TaskRefusal; message: string }>();
      for (const task of held) {
        const code = await this.one(tx, order, task, wanted.get(keyOf(task)) ?? 0);
        if (code !== null) refused.set(keyOf(task), { code, message: wordsFor(code, task) });
      }
      const done = held.filter((task) => !refused.has(keyOf(task)));
      const shown = await this.steps.shown(tx, person.scope, done, order.now);
      const tasks = new Map(shown.map((task) => [keyOf(task), task]));
      const ofGoals = done.filter(({ goalId }) => goalId !== null).map(({ accountId }) => accountId);
      const accounts = done.map(({ accountId }) => accountId);
      await this.acting.settle(tx, accounts, ofGoals, order.now);
      const results = action.tasks.map(({ accountId, id }): TaskActionAnswer['results'][number] => {
        const task = tasks.get(keyOf({ accountId, id }));
        if (task) return { ok: true, accountId, id, task };
        const missing = { code: 'NOT_FOUND' as const, message: wordsFor('NOT_FOUND', null) };
        const why = refused.get(keyOf({ accountId, id })) ?? missing;
        return { ok: false, accountId, id, status: why.code === 'NOT_FOUND' ? 404 : 409, ...why };
      });
      return { done: done.length, results };
    });
    this.acting.hint();
    return answer;
  }

  private async orderOf(tx: Tx, person: Person, action: TaskAction): Promise<Order> {
    const now = await this.acting.now(tx, person);
    if (action.action === 'snooze') snoozeInReach(action.until, now.day);
    if (action.action === 'due' && action.dueDay !== null) taskDueInReach(action.dueDay, now.day);
    const isGiven = action.action === 'assign' && action.assigneeUserId !== null;
    const assignee = isGiven ? await this.acting.assignee(tx, action.assigneeUserId as string) : null;
    return { person, now, action, assignee };
  }

  /** Null: it was done, or was so already. */
  private async one(tx: Tx, order: Order, task: HeldTask, revision: number): Promise<TaskRefusal | null> {
    const { person, action, assignee } = order;
    const now = notBefore(order.now, task);
    if (action.action === 'undo') return this.undo(tx, person, task, revision, now);
    const taken = taskStepOf(task, stepAsked(action), now);
    // That it has ended, and by whom, tells more than that it was changed.
    if (taken.kind === 'refused' && taken.why === 'TASK_ENDED') return 'TASK_ENDED';
    if (task.revision !== revision) return 'REVISION_MOVED';
    if (taken.kind === 'refused') return taken.why;
    const isGiven = action.action === 'assign' && action.assigneeUserId !== null;
    if (isGiven && !maySee(assignee, task)) return 'ASSIGNEE_CANNOT_SEE';
    const { change, event } = taken;
    if (Object.keys(changesBetween(task, change)).length === 0) return null;
    const details = isGiven ? { ...taken.details, name: assignee?.name } : taken.details;
    const isNews = isGiven && assignee?.userId !== now.userId;
    await this.steps.keep(tx, person, task, { change, event, details, isNews }, now);
    return null;
  }

  private async undo(tx: Tx, person: Person, task: HeldTask, revision: number, now: Now): Promise<TaskRefusal | null> {
    if (task.revision !== revision) return 'REVISION_MOVED';
    const last = stepToUndo(await this.writes.past(tx, task));
    if (last === null) return 'NOTHING_TO_UNDO';
    const change = last.before as Partial<TaskKept>;
    if (change.state === 'open' && task.goalEnded) return 'GOAL_ENDED';
    const details = { undoes: last.id, kind: last.kind };
    await this.steps.keep(tx, person, task, { change, event: 'undone', details, isNews: false }, now);
    return null;
  }
}

function stepAsked(action: Exclude<TaskAction, { action: 'undo' }>): TaskStep {
  switch (action.action) {
    case 'complete':
    case 'skip':
      return { kind: action.action, note: action.note };
    case 'snooze':
      return { kind: 'snooze', until: action.until };
    case 'assign':
      return { kind: 'assign', assigneeUserId: action.assigneeUserId };
    case 'due':
      return { kind: 'due', dueDay: action.dueDay };
    default:
      return { kind: action.action };
  }
}
