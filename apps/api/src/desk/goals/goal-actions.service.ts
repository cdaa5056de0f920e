import { Injectable } from '@nestjs/common';
import type { Goal, GoalAction, GoalEventKind } from '@steward/shared/goals';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import { type GoalStep, stepOf } from '../../domain/goals/goal-actions.js';
import { stepToUndo } from '../../domain/goals/undo.js';
import { changesBetween } from '../../platform/audit/changes.js';
import { Acting, maySee, type Now, notBefore, type Person } from '../acting.js';
import { dueInReach, startInReach } from './days-in-reach.js';
import { goalRefusal } from './goal-refusals.js';
import { GoalTaskSteps } from './goal-task-steps.service.js';
import type { Moment, TouchedTask } from './goal-tasks.repository.js';
import { type GoalKept, type GoalKey, GoalWritesRepository, type HeldGoal } from './goal-writes.repository.js';
import { OneGoal } from './one-goal.service.js';

/** What an action comes to. */
interface Decided {
  change: Partial<GoalKept>;
  event: GoalEventKind;
  details: Record<string, unknown> | null;
  /** What was done to its tasks: needed to take it back. */
  tasks: TouchedTask[];
}

/** Events that somebody else may want to hear of. */
const NEWS: ReadonlySet<GoalEventKind> = new Set(['achieved', 'cancelled', 'owner']);
const ENDED = new Set(['achieved', 'missed', 'cancelled']);

/** What people do with goals. */
@Injectable()
export class GoalActions {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly writes: GoalWritesRepository,
    private readonly taskSteps: GoalTaskSteps,
    private readonly oneGoal: OneGoal,
    private readonly acting: Acting,
  ) {}

  async act(person: Person, key: GoalKey, action: GoalAction): Promise<Goal> {
    const goal = await this.unitOfWork.run(async (tx) => {
      const now = await this.acting.now(tx, person);
      if (action.action === 'extend') dueInReach(action.dueDay, now.day);
      if (action.action === 'move') startInReach(action.startDay, now.day);
      const held = await this.writes.held(tx, person.scope, key);
      if (held === null) throw goalRefusal('NOT_FOUND');
      const then = notBefore(now, held);
      if (action.action === 'undo') await this.undo(tx, person, held, action.revision, then);
      else await this.step(tx, person, held, action, then);
      return this.oneGoal.shown(tx, person.scope, key, now.day);
    });
    this.acting.hint();
    return goal;
  }

  private async step(
    tx: Tx,
    person: Person,
    goal: HeldGoal,
    action: Exclude<GoalAction, { action: 'undo' }>,
    now: Now,
  ): Promise<void> {
    const taken = stepOf(goal, stepAsked(action), now);
    // That it has ended tells more than that it was changed.
    if (taken.kind === 'refused' && taken.why === 'GOAL_ENDED') throw goalRefusal('GOAL_ENDED');
    if (goal.revision !== action.revision) throw goalRefusal('REVISION_MOVED');
    if (taken.kind === 'refused') throw goalRefusal(taken.why);
    const { change, event } = taken;
    if (Object.keys(change).length === 0) return;
    let { details } = taken;
    if (action.action === 'assign' && action.ownerUserId !== null) {
      const assignee = await this.acting.assignee(tx, action.ownerUserId);
      if (!maySee(assignee, goal)) throw goalRefusal('ASSIGNEE_CANNOT_SEE');
      details = { ...details, name: assignee?.name };
    }
    if (isRevived(goal, change) && (await this.writes.otherLives(tx, goal))) throw goalRefusal('GOAL_RUNNING');
    const moment = momentOf(now);
    const tasks =
      action.action === 'cancel' && action.cancelTasks
        ? await this.taskSteps.cancel(tx, goal, moment)
        : action.action === 'move' && action.moveTasks
          ? await this.taskSteps.redate(tx, goal, { ...goal, ...change }, moment)
          : [];
    await this.keep(tx, person, goal, { change: withEnd(goal, change), event, details, tasks }, now);
  }

  /** Takes back the newest action, and what it did to the tasks. */
  private async undo(tx: Tx, person: Person, goal: HeldGoal, revision: number, now: Now): Promise<void> {
    const last = stepToUndo(await this.writes.past(tx, goal));
    // A run may have noted something beside the very action that is taken back: that is no change of it.
    const isThatOne = last !== null && last.details?.revision === revision;
    if (goal.revision !== revision && !isThatOne) throw goalRefusal('REVISION_MOVED');
    if (last === null) throw goalRefusal('NOTHING_TO_UNDO');
    const { tasks = [], ...change } = last.before as Partial<GoalKept> & { tasks?: TouchedTask[] };
    if (isRevived(goal, change) && (await this.writes.otherLives(tx, goal))) throw goalRefusal('GOAL_RUNNING');
    const moment = momentOf(now);
    if (last.kind === 'cancelled') await this.taskSteps.openAgain(tx, goal, tasks, moment);
    else await this.taskSteps.dateBack(tx, goal, tasks, moment);
    const details = { undoes: last.id, kind: last.kind };
    await this.keep(tx, person, goal, { change, event: 'undone', details, tasks: [] }, now);
  }

  private async keep(tx: Tx, person: Person, goal: HeldGoal, decided: Decided, now: Now): Promise<void> {
    const { change, event, details, tasks } = decided;
    const { accountId, id } = goal;
    await this.writes.change(tx, goal, change);
    const was = Object.fromEntries(Object.keys(change).map((field) => [field, goal[field as keyof GoalKept]]));
    await this.writes.addEvent(tx, {
      accountId,
      id,
      kind: event,
      ...momentOf(now),
      before: { ...was, ...(tasks.length === 0 ? {} : { tasks }) },
      details: { ...details, revision: goal.revision + 1 },
      isNews: NEWS.has(event),
    });
    const changes = changesBetween(goal, change);
    await this.acting.record(tx, person, `goal.${event}`, { kind: 'goal', accountId, id }, changes);
    await this.acting.settle(tx, [accountId], [accountId], now);
  }
}

function momentOf({ at, day, userId }: Now): Moment {
  return { at, day: isoOf(day), byUserId: userId };
}

function isRevived({ status }: HeldGoal, change: Partial<GoalKept>): boolean {
  return change.status !== undefined && ENDED.has(status) && !ENDED.has(change.status);
}

/** The figures of the account stand with the end of the goal, and go with it. */
function withEnd({ score, arrMinor }: HeldGoal, change: Partial<GoalKept>): Partial<GoalKept> {
  if (change.status === undefined) return change;
  const ends = ENDED.has(change.status);
  return { ...change, scoreAtEnd: ends ? score : null, arrMinorAtEnd: ends ? arrMinor : null };
}

function stepAsked(action: Exclude<GoalAction, { action: 'undo' }>): GoalStep {
  switch (action.action) {
    case 'achieve':
    case 'cancel':
      return { kind: action.action, reason: action.reason, note: action.note };
    case 'extend':
      return { kind: 'extend', dueDay: action.dueDay };
    case 'move':
      return { kind: 'move', startDay: action.startDay };
    case 'assign':
      return { kind: 'assign', ownerUserId: action.ownerUserId };
    case 'reopen':
      return { kind: 'reopen' };
  }
}
