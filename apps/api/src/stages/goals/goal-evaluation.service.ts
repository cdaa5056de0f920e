import { Injectable } from '@nestjs/common';
import type { PlaybookDefinition } from '@steward/shared/playbooks';
import type { Rule } from '@steward/shared/rules';
import { checkRule } from '../../db/rules/check-rule.js';
import type { Tx } from '../../db/unit-of-work.js';
import { isoOrNull } from '../../domain/calendar/day.js';
import { dueDayOf } from '../../domain/goals/due-day.js';
import { type GoalTasks, goalOfDay, type Seen } from '../../domain/goals/goal-of-day.js';
import { type Colleagues, personFor } from '../../domain/goals/people.js';
import { PlaybooksReader, versionKey } from '../../records/playbooks/playbooks.reader.js';
import type { Batch } from '../batch.js';
import type { DayRun } from '../day-run.js';
import type { RowsOfDay } from '../rows-of-day.js';
import { type GoalFacts, GoalFactsRepository } from './goal-facts.repository.js';
import type { ChangedGoal, ChangedTask, NewGoalEvent, NewTaskEvent, StoredGoal, StoredTask } from './goal-rows.js';
import { GoalTasksRepository } from './goal-tasks.repository.js';
import { GoalWriterRepository } from './goal-writer.repository.js';
import { GoalsRepository } from './goals.repository.js';

/** What goals need to know of a day. */
export type DayOfGoals = Pick<DayRun, 'asOf' | 'iso' | 'at' | 'isComplete' | 'model'>;

/** What decides about the goals of a batch on a day. */
interface World {
  day: DayOfGoals;
  definitions: ReadonlyMap<string, PlaybookDefinition>;
  facts: ReadonlyMap<string, GoalFacts>;
  colleagues: Colleagues;
  /** By account, the rules that hold. */
  holds: (accountId: string, rule: Rule) => boolean;
  won: ReadonlySet<string>;
  stopped: ReadonlySet<string>;
}

/** What becomes of the live goals of a batch, and of their tasks, on a day. Only changes are written. */
@Injectable()
export class GoalEvaluation {
  constructor(
    private readonly goals: GoalsRepository,
    private readonly tasks: GoalTasksRepository,
    private readonly writer: GoalWriterRepository,
    private readonly facts: GoalFactsRepository,
    private readonly playbooks: PlaybooksReader,
  ) {}

  /** `isReplay`: days past, of which nobody is told. */
  async evaluate(tx: Tx, batch: Batch, day: DayOfGoals, rows: RowsOfDay, isReplay: boolean): Promise<void> {
    const goals = await this.goals.live(tx, batch);
    if (goals.length === 0) return;
    const tasks = await this.tasks.ofGoals(tx, goals);
    const world = await this.worldOf(tx, day, rows, goals, tasks);
    const changedTasks: ChangedTask[] = [];
    const changedGoals: { changed: ChangedGoal; news: NewGoalEvent[] }[] = [];
    const tasksOf = byGoal(tasks);
    for (const goal of goals) {
      const facts = world.facts.get(goal.accountId);
      const definition = world.definitions.get(versionKey(goal));
      if (!facts || !definition) continue;
      const own = (tasksOf.get(goal.id) ?? []).map((task) => taskOfDay(task, goal, definition, facts, world));
      const decided = decide(goal, own, definition, facts, world);
      changedTasks.push(...own.filter(hasChanged));
      if (decided === null) continue;
      if (decided.changed.status === 'cancelled' && definition.run.cancelOpenTasks) {
        for (const each of own) {
          if (each.state !== 'open') continue;
          if (!changedTasks.includes(each)) changedTasks.push(each);
          each.state = 'cancelled';
        }
      }
      changedGoals.push(decided);
    }
    await this.write(tx, day, changedGoals, changedTasks, isReplay);
  }

  private async worldOf(
    tx: Tx,
    day: DayOfGoals,
    rows: RowsOfDay,
    goals: readonly StoredGoal[],
    tasks: readonly StoredTask[],
  ): Promise<World> {
    const definitions = await this.playbooks.definitions(tx, goals);
    const ids = [...new Set(goals.map(({ accountId }) => accountId))];
    const fields = [...new Set(goals.flatMap(({ target }) => (target.kind === 'signal' ? [target.field] : [])))];
    const rules = rulesOf(goals, tasks, definitions, rows);
    const holding = await this.facts.holding(tx, ids, rows, [...rules.keys()]);
    const places = new Map([...rules.keys()].map((rule, place) => [rule, place]));
    const stopping = goals.filter((goal) => definitions.get(versionKey(goal))?.run.cancelWhenConditionStops);
    return {
      day,
      definitions,
      facts: await this.facts.facts(tx, ids, rows, fields),
      colleagues: await this.facts.colleagues(tx),
      holds: (accountId, rule) => {
        const place = places.get(rule);
        return place !== undefined && (holding.get(accountId)?.has(place) ?? false);
      },
      won: await this.goals.won(
        tx,
        goals.filter(({ target }) => target.kind === 'deal'),
        day.iso,
      ),
      stopped: await this.goals.stopped(tx, stopping),
    };
  }

  private async write(
    tx: Tx,
    day: DayOfGoals,
    goals: readonly { changed: ChangedGoal; news: NewGoalEvent[] }[],
    tasks: readonly ChangedTask[],
    isReplay: boolean,
  ): Promise<void> {
    const keptTasks = await this.tasks.change(tx, tasks, day);
    await this.writer.addTaskEvents(
      tx,
      tasks.filter(({ task }) => keptTasks.has(task.id)).flatMap((each) => taskEvents(each, isReplay)),
      day,
    );
    const kept = await this.goals.change(
      tx,
      goals.map(({ changed }) => changed),
      day,
    );
    const news = goals.filter(({ changed }) => kept.has(changed.goal.id)).flatMap((each) => each.news);
    await this.writer.addGoalEvents(tx, isReplay ? news.map((each) => ({ ...each, isNews: false })) : news, day);
  }
}

function byGoal(tasks: readonly StoredTask[]): Map<string, StoredTask[]> {
  const groups = new Map<string, StoredTask[]>();
  for (const task of tasks) {
    const group = groups.get(task.goalId);
    if (group) group.push(task);
    else groups.set(task.goalId, [task]);
  }
  return groups;
}

/** The rules that open tasks may complete themselves by, of those that the catalogue bears. */
function rulesOf(
  goals: readonly StoredGoal[],
  tasks: readonly StoredTask[],
  definitions: ReadonlyMap<string, PlaybookDefinition>,
  rows: RowsOfDay,
): Map<Rule, true> {
  const byId = new Map(goals.map((goal) => [goal.id, goal]));
  const rules = new Map<Rule, true>();
  for (const task of tasks) {
    const goal = byId.get(task.goalId);
    if (task.state !== 'open' || !task.completesItself || !goal) continue;
    const rule = ruleOf(task, definitions.get(versionKey(goal)));
    if (rule && !rules.has(rule) && checkRule(rule, rows.catalogue, { purpose: 'task' }).length === 0) {
      rules.set(rule, true);
    }
  }
  return rules;
}

function ruleOf(task: StoredTask, definition: PlaybookDefinition | undefined): Rule | null {
  return definition?.tasks.find(({ key }) => key === task.key)?.completesWhen ?? null;
}

/** Completes itself, follows the day that it counts from, and finds its person once there is one. */
function taskOfDay(
  task: StoredTask,
  goal: StoredGoal,
  definition: PlaybookDefinition,
  facts: GoalFacts,
  { day, holds, colleagues }: World,
): ChangedTask {
  const { state, assigneeUserId, waitsFor } = task;
  const same: ChangedTask = { task, state, assigneeUserId, dueDay: isoOrNull(task.dueDay), waitsFor };
  if (state !== 'open' || day.asOf < goal.startDay) return same;
  const rule = ruleOf(task, definition);
  if (rule !== null && holds(task.accountId, rule)) return { ...same, state: 'done' };
  const template = definition.tasks.find(({ key }) => key === task.key);
  const followsAccount = template && template.due.anchor !== 'goalStart' && template.due.anchor !== 'goalDue';
  const due =
    followsAccount && !task.dueByHand
      ? dueDayOf(template.due, { ...facts.days, goalStart: goal.startDay, goalDue: goal.dueDay })
      : { day: task.dueDay, waitsFor };
  const person = assigneeUserId ?? (task.role === null ? null : personFor(task.role, facts, colleagues));
  return { ...same, assigneeUserId: person, dueDay: isoOrNull(due.day), waitsFor: due.waitsFor };
}

function hasChanged({ task, state, assigneeUserId, dueDay, waitsFor }: ChangedTask): boolean {
  return (
    state !== task.state ||
    assigneeUserId !== task.assigneeUserId ||
    dueDay !== isoOrNull(task.dueDay) ||
    waitsFor !== task.waitsFor
  );
}

/** Null: nothing has changed. */
function decide(
  goal: StoredGoal,
  tasks: readonly ChangedTask[],
  definition: PlaybookDefinition,
  facts: GoalFacts,
  { day, won, stopped }: World,
): { changed: ChangedGoal; news: NewGoalEvent[] } | null {
  const isStopped = definition.run.cancelWhenConditionStops && stopped.has(goal.id);
  const { change, news } = goalOfDay(goal, seenOf(goal, facts, won), summaryOf(tasks, day), {
    day: day.asOf,
    isComplete: day.isComplete,
    isStopped,
  });
  if (Object.keys(change).length === 0) return null;
  const after = { ...goal, outcomeReason: null, ...change };
  return {
    changed: {
      goal,
      status: after.status,
      atRiskReason: after.atRiskReason,
      baseline: after.baseline,
      value: after.value,
      progress: after.progress,
      metSinceDay: isoOrNull(after.metSinceDay),
      outcomeReason: after.outcomeReason,
      score: facts.score,
      arrMinor: facts.arrMinor,
    },
    news: news.map((kind) => ({
      accountId: goal.accountId,
      goalId: goal.id,
      kind,
      byUserId: null,
      details: kind === 'atRisk' ? { why: after.atRiskReason } : null,
      isNews: kind === 'achieved' || kind === 'missed' || kind === 'atRisk' || kind === 'cancelled',
    })),
  };
}

function seenOf(goal: StoredGoal, facts: GoalFacts, won: ReadonlySet<string>): Seen {
  const { target } = goal;
  switch (target.kind) {
    case 'signal':
      return { kind: 'signal', target, value: facts.values.get(target.field) ?? null };
    case 'deal':
      return { kind: 'deal', isWon: won.has(goal.id) };
    case 'tasks':
      return { kind: 'tasks' };
  }
}

/** A task that was skipped or cancelled is required no more. */
function summaryOf(tasks: readonly ChangedTask[], { asOf }: DayOfGoals): GoalTasks {
  const required = tasks.filter(({ task, state }) => task.required && (state === 'open' || state === 'done'));
  const overdue = required.flatMap(({ task, state }) =>
    state === 'open' && task.dueDay !== null ? [asOf - task.dueDay] : [],
  );
  return {
    required: required.length,
    requiredDone: required.filter(({ state }) => state === 'done').length,
    daysOverdue: Math.max(0, ...overdue),
  };
}

function taskEvents({ task, state, assigneeUserId, dueDay }: ChangedTask, isReplay: boolean): NewTaskEvent[] {
  const of = { accountId: task.accountId, taskId: task.id, isNews: false };
  const events: NewTaskEvent[] = [];
  if (state !== task.state)
    events.push({ ...of, kind: state === 'done' ? 'done' : 'cancelled', details: { by: 'run' } });
  if (assigneeUserId !== task.assigneeUserId) {
    events.push({ ...of, kind: 'assigned', details: { to: assigneeUserId }, isNews: !isReplay });
  }
  const was = isoOrNull(task.dueDay);
  if (dueDay !== was) events.push({ ...of, kind: 'due', details: { from: was, to: dueDay } });
  return events;
}
