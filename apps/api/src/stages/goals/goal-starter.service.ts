import { Injectable } from '@nestjs/common';
import type { GoalStart } from '@steward/shared/goals';
import type { PlaybookDefinition, StartRefusal } from '@steward/shared/playbooks';
import { problemsOf } from '../../db/rules/check-playbook.js';
import type { Tx } from '../../db/unit-of-work.js';
import { type Day, isoOf, isoOrNull } from '../../domain/calendar/day.js';
import type { Colleagues } from '../../domain/goals/people.js';
import { type PlannedGoal, plannedGoal } from '../../domain/goals/planned-goal.js';
import { meets } from '../../domain/goals/progress.js';
import { refusalOf } from '../../domain/goals/starting.js';
import type { PublishedPlaybook } from '../../records/playbooks/playbooks.reader.js';
import type { RowsOfDay } from '../rows-of-day.js';
import { type GoalFacts, GoalFactsRepository } from './goal-facts.repository.js';
import { goalIdOf, type NewGoal, type NewGoalEvent, type NewTask, type NewTaskEvent, taskIdOf } from './goal-rows.js';
import { GoalRunsRepository, type PastRuns, runKey } from './goal-runs.repository.js';
import { GoalWriterRepository } from './goal-writer.repository.js';
import type { Instant } from './goals.repository.js';

/** A goal that is to start. */
export interface StartOrder {
  accountId: string;
  playbook: PublishedPlaybook;
  how: GoalStart;
  startDay: Day;
  /** Null: start + the playbook's duration. */
  dueDay: Day | null;
  /** Undefined: by the playbook's role. */
  ownerUserId?: string | null;
  alertId: string | null;
  segmentId: string | null;
  byUserId: string | null;
  /** Null: made of account, playbook and start day, so that a repeated order makes one goal. */
  id: string | null;
}

export type Started =
  | { kind: 'started'; order: StartOrder; goalId: string }
  | { kind: 'refused'; order: StartOrder; why: StartRefusal }
  /** The account is not there, or not computed yet. */
  | { kind: 'unknown'; order: StartOrder };

/** A goal as it would be: what a dry run shows. */
export interface PlannedStart {
  order: StartOrder;
  refusal: StartRefusal | null;
  planned: PlannedGoal;
  baseline: number | null;
  facts: GoalFacts;
}

/** Starts goals: of runs, of people, one or many. Nothing is made twice. */
@Injectable()
export class GoalStarter {
  constructor(
    private readonly facts: GoalFactsRepository,
    private readonly runs: GoalRunsRepository,
    private readonly writer: GoalWriterRepository,
  ) {}

  /** In the order of the orders. `at` is the day that is lived, which the goals' own start may precede or follow. */
  async start(tx: Tx, orders: readonly StartOrder[], rows: RowsOfDay, at: Instant & { asOf: Day }): Promise<Started[]> {
    const plans = await this.plan(tx, orders, rows, at.asOf);
    const goals: NewGoal[] = [];
    const tasks: NewTask[] = [];
    for (const plan of plans.values()) {
      if (plan.refusal !== null) continue;
      const goal = newGoal(plan, at.asOf);
      goals.push(goal);
      tasks.push(...newTasks(plan, goal));
    }
    const added = await this.writer.add(tx, goals, at);
    const addedTasks = tasks.filter(({ goalId }) => added.has(goalId));
    await this.writer.addTasks(tx, addedTasks, at);
    const addedGoals = goals.filter(({ id }) => added.has(id));
    await this.writer.addGoalEvents(tx, addedGoals.map(startedEvent), at);
    const isReplay = (goalId: string) => addedGoals.find(({ id }) => id === goalId)?.started === 'replay';
    await this.writer.addTaskEvents(
      tx,
      addedTasks.map((task) => createdEvent(task, isReplay(task.goalId))),
      at,
    );
    return orders.map((order): Started => {
      const plan = plans.get(order);
      if (!plan) return { kind: 'unknown', order };
      if (plan.refusal !== null) return { kind: 'refused', order, why: plan.refusal };
      const goalId = idOf(order);
      return added.has(goalId) ? { kind: 'started', order, goalId } : { kind: 'refused', order, why: 'GOAL_RUNNING' };
    });
  }

  /** Without those whose account is not there. A second order for the same playbook and account is refused. */
  async plan(tx: Tx, orders: readonly StartOrder[], rows: RowsOfDay, day: Day): Promise<Map<StartOrder, PlannedStart>> {
    const plans = new Map<StartOrder, PlannedStart>();
    if (orders.length === 0) return plans;
    const ids = [...new Set(orders.map(({ accountId }) => accountId))].sort();
    const playbookIds = [...new Set(orders.map(({ playbook }) => playbook.id))];
    const facts = await this.facts.facts(tx, ids, rows, fieldsOf(orders));
    const past = await this.runs.past(tx, ids, playbookIds);
    const colleagues = await this.facts.colleagues(tx);
    const ordered = new Set<string>();
    for (const order of orders) {
      const known = facts.get(order.accountId);
      if (!known) continue;
      const key = runKey(order.accountId, order.playbook.id);
      const before = past.get(key) ?? { isRunning: false, lastEndedDay: null };
      const isRunning = before.isRunning || ordered.has(key);
      const plan = planOf(order, known, { ...before, isRunning }, colleagues, rows, day);
      if (plan === null) continue;
      if (plan.refusal === null) ordered.add(key);
      plans.set(order, plan);
    }
    return plans;
  }
}

function fieldsOf(orders: readonly StartOrder[]): string[] {
  const fields = orders.flatMap(({ playbook }) => {
    const target = playbook.definition?.target;
    return target?.kind === 'signal' ? [target.field] : [];
  });
  return [...new Set(fields)];
}

function planOf(
  order: StartOrder,
  facts: GoalFacts,
  before: PastRuns,
  colleagues: Colleagues,
  rows: RowsOfDay,
  day: Day,
): PlannedStart | null {
  const { definition, enabled } = order.playbook;
  if (definition === null) return null;
  const value = measuredBy(definition, facts);
  const isMet = definition.target.kind === 'signal' ? meets(definition.target, value) : false;
  const isSound = problemsOf(definition, rows.catalogue, null).length === 0;
  const refusal = refusalOf(
    definition.run,
    { status: facts.status, isMet, ...before, isSound, enabled },
    order.how,
    order.startDay,
  );
  const planned = plannedGoal(definition, { days: facts.days, owners: facts, colleagues }, order.startDay, order);
  const owner = order.ownerUserId === undefined ? planned.ownerUserId : order.ownerUserId;
  const baseline = order.startDay > day ? null : value;
  return { order, refusal, planned: { ...planned, ownerUserId: owner }, baseline, facts };
}

function measuredBy({ target }: PlaybookDefinition, facts: GoalFacts): number | null {
  return target.kind === 'signal' ? (facts.values.get(target.field) ?? null) : null;
}

function idOf({ id, accountId, playbook, startDay }: StartOrder): string {
  return id ?? goalIdOf(accountId, playbook.id, isoOf(startDay));
}

function newGoal({ order, planned, baseline, facts }: PlannedStart, day: Day): NewGoal {
  const { playbook, accountId, how, alertId, segmentId, byUserId } = order;
  const definition = playbook.definition as PlaybookDefinition;
  return {
    accountId,
    id: idOf(order),
    playbookId: playbook.id,
    version: playbook.version,
    kind: definition.kind,
    name: definition.name,
    status: planned.startDay > day ? 'notStarted' : 'inProgress',
    started: how,
    oneAtATime: definition.run.oneAtATime,
    startDay: isoOf(planned.startDay),
    dueDay: isoOf(planned.dueDay),
    ownerUserId: planned.ownerUserId,
    target: definition.target,
    baseline,
    progress: baseline === null ? null : 0,
    alertId,
    segmentId,
    score: facts.score,
    arrMinor: facts.arrMinor,
    createdBy: byUserId,
  };
}

function newTasks({ planned }: PlannedStart, { accountId, id }: NewGoal): NewTask[] {
  return planned.tasks.map((task) => ({
    ...task,
    accountId,
    id: taskIdOf(id, task.key),
    goalId: id,
    dueDay: isoOrNull(task.dueDay),
  }));
}

function startedEvent({ accountId, id, started, name, createdBy }: NewGoal): NewGoalEvent {
  const byItself = started === 'alert' || started === 'segment';
  return {
    accountId,
    goalId: id,
    kind: 'started',
    byUserId: createdBy,
    details: { how: started, name },
    isNews: byItself,
  };
}

/** Whoever gets a task that somebody else, or a run, has made is told so. */
function createdEvent({ accountId, id, assigneeUserId }: NewTask, isReplay: boolean): NewTaskEvent {
  const details = { to: assigneeUserId };
  return { accountId, taskId: id, kind: 'created', details, isNews: !isReplay && assigneeUserId !== null };
}
