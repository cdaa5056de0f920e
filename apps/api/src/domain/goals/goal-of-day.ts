import type { AtRiskReason, GoalEventKind, GoalStatus, OutcomeReason } from '@steward/shared/goals';
import { addDays, type Day } from '../calendar/day.js';
import { elapsedShare, meets, type NumericTarget, progressOf, progressOfTasks } from './progress.js';

/** Share of the way that a goal may be behind the straight line. */
export const BEHIND_SHARE = 0.2;
/** Days that a required task may be overdue. */
export const TASK_OVERDUE_DAYS = 7;

export interface LiveGoal {
  status: Extract<GoalStatus, 'notStarted' | 'inProgress' | 'atRisk'>;
  atRiskReason: AtRiskReason | null;
  startDay: Day;
  dueDay: Day;
  baseline: number | null;
  value: number | null;
  progress: number | null;
  metSinceDay: Day | null;
}

/** What is seen of a goal on a day. */
export type Seen =
  /** `value` null: not known on the day, or what it reads is gone. */
  | { kind: 'signal'; target: NumericTarget; value: number | null }
  | { kind: 'deal'; isWon: boolean }
  | { kind: 'tasks' };

export interface GoalTasks {
  required: number;
  requiredDone: number;
  /** Days that the required open task that is longest overdue is so; 0 where none is. */
  daysOverdue: number;
}

export interface DayOfGoal {
  day: Day;
  /** The day is closed with this run. */
  isComplete: boolean;
  /** What started it has ceased, and its playbook cancels it then. */
  isStopped: boolean;
}

export interface GoalChange {
  status?: GoalStatus;
  atRiskReason?: AtRiskReason | null;
  baseline?: number;
  value?: number;
  progress?: number | null;
  metSinceDay?: Day | null;
  outcomeReason?: OutcomeReason;
}

export interface GoalDecision {
  change: GoalChange;
  news: GoalEventKind[];
}

const NOTHING: GoalDecision = { change: {}, news: [] };

/**
 * What a day makes of a live goal; deciding a day twice changes nothing the second time.
 *
 * - not started until its start; then the first value that is known is its baseline;
 * - a measured target is reached when it holds on two closed days on end, because measures waver; a deal that was won and
 *   tasks that were done are reached at once;
 * - missed on the day after it was due, unless the target held at the close of the due day: then one day decides;
 * - at risk where its progress is 20 points and more behind the straight line, or a required task 7 days overdue.
 *
 * A day that is not closed yet may show progress and risk, and ends a goal only as missed, won or done.
 */
export function goalOfDay(goal: LiveGoal, seen: Seen, tasks: GoalTasks, on: DayOfGoal): GoalDecision {
  if (on.isStopped) return { change: { status: 'cancelled', outcomeReason: 'conditionStopped' }, news: ['cancelled'] };
  if (on.day < goal.startDay) return NOTHING;
  const change: GoalChange = {};
  const news: GoalEventKind[] = goal.status === 'notStarted' ? ['began'] : [];
  const progress = measured(goal, seen, tasks, change, news);
  if (progress !== goal.progress) change.progress = progress;
  const ended = ending(goal, seen, tasks, on, change);
  if (ended !== null) {
    change.status = ended;
    change.atRiskReason = null;
    if (ended === 'achieved') change.outcomeReason = 'targetReached';
    return { change: withoutSame(change, goal), news: [...news, ended] };
  }
  const risk = riskOf(goal, progress, tasks, on.day);
  const status = risk === null ? 'inProgress' : 'atRisk';
  if (status !== goal.status) change.status = status;
  if (risk !== goal.atRiskReason) change.atRiskReason = risk;
  if (status === 'atRisk' && goal.status !== 'atRisk') news.push('atRisk');
  if (status === 'inProgress' && goal.status === 'atRisk') news.push('onTrack');
  return { change, news };
}

function measured(
  goal: LiveGoal,
  seen: Seen,
  tasks: GoalTasks,
  change: GoalChange,
  news: GoalEventKind[],
): number | null {
  if (seen.kind !== 'signal') return progressOfTasks(tasks);
  if (seen.value === null) return goal.progress;
  if (seen.value !== goal.value) change.value = seen.value;
  if (goal.baseline === null) {
    change.baseline = seen.value;
    news.push('baseline');
  }
  return progressOf(seen.target, goal.baseline ?? seen.value, seen.value);
}

function ending(
  goal: LiveGoal,
  seen: Seen,
  tasks: GoalTasks,
  { day, isComplete }: DayOfGoal,
  change: GoalChange,
): 'achieved' | 'missed' | null {
  if (seen.kind === 'deal' && seen.isWon) return 'achieved';
  if (seen.kind === 'tasks' && tasks.required > 0 && tasks.requiredDone === tasks.required) return 'achieved';
  const isMet = seen.kind === 'signal' ? meets(seen.target, seen.value) === true : false;
  if (isComplete) {
    const before = goal.metSinceDay !== null && goal.metSinceDay === addDays(day, -1);
    if (isMet && before) return 'achieved';
    const since = isMet ? day : null;
    if (since !== goal.metSinceDay) change.metSinceDay = since;
  }
  if (day <= goal.dueDay) return null;
  // Met at the close of the due day: the close of the next one decides.
  const decides = addDays(goal.dueDay, 1);
  const isProving = goal.metSinceDay === goal.dueDay && day === decides && !isComplete;
  return isProving ? null : 'missed';
}

function riskOf(goal: LiveGoal, progress: number | null, tasks: GoalTasks, day: Day): AtRiskReason | null {
  if (tasks.daysOverdue >= TASK_OVERDUE_DAYS) return 'taskOverdue';
  if (progress === null) return null;
  // Shares are compared in whole thousandths of a point: 0.5 − 0.2 is not 0.3 to a computer.
  const line = elapsedShare(goal.startDay, goal.dueDay, day) - BEHIND_SHARE;
  return line > 0 && Math.round(progress * 1e5) <= Math.round(line * 1e5) ? 'behind' : null;
}

function withoutSame(change: GoalChange, goal: LiveGoal): GoalChange {
  if (change.atRiskReason === goal.atRiskReason) {
    const { atRiskReason: _, ...rest } = change;
    return rest;
  }
  return change;
}
