import type { IsoDay } from '@steward/shared/common';
import type { Task, TaskRowOfList } from '@steward/shared/tasks';
import { addDays } from '../../lib/days.js';

export const TASK_GROUPS = ['overdue', 'today', 'week', 'later', 'none', 'snoozed', 'ended'] as const;
export type TaskGroup = (typeof TASK_GROUPS)[number];

export const GROUP_WORDS: Record<TaskGroup, string> = {
  overdue: 'Overdue',
  today: 'Today',
  week: 'This week',
  later: 'Later',
  none: 'Without a day',
  snoozed: 'Snoozed',
  ended: 'Ended',
};

/** Days behind today that still are this week. */
const WEEK_DAYS = 7;

/** Under which heading a task stands on a day; one that rests stands nowhere else. */
export function groupOf(task: Pick<Task, 'state' | 'dueDay' | 'snoozedUntil'>, today: IsoDay): TaskGroup {
  if (task.state !== 'open') return 'ended';
  if (task.snoozedUntil !== null && task.snoozedUntil > today) return 'snoozed';
  if (task.dueDay === null) return 'none';
  if (task.dueDay < today) return 'overdue';
  if (task.dueDay === today) return 'today';
  return task.dueDay <= addDays(today, WEEK_DAYS) ? 'week' : 'later';
}

/** The groups that have any, in their order; within one the order of the list stays. */
export function grouped(rows: readonly TaskRowOfList[], today: IsoDay): { group: TaskGroup; rows: TaskRowOfList[] }[] {
  return TASK_GROUPS.map((group) => ({
    group,
    rows: rows.filter(({ task }) => groupOf(task, today) === group),
  })).filter(({ rows: own }) => own.length > 0);
}
