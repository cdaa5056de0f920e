import type { IsoDay } from '@steward/shared/common';
import type { PlaybookRole, TaskAnchor } from '@steward/shared/playbooks';
import type { Task, TaskState } from '@steward/shared/tasks';
import { daysBetween, formatDay, formatDayShort } from '../../lib/days.js';
import { plural } from '../../lib/format.js';

export const STATE_WORDS: Record<TaskState, string> = {
  open: 'Open',
  done: 'Done',
  skipped: 'Skipped',
  cancelled: 'Cancelled',
};

export const ROLE_WORDS: Record<PlaybookRole, string> = {
  csm: 'CSM',
  am: 'Account manager',
  manager: 'Manager',
};

export const ANCHOR_WORDS: Record<TaskAnchor, string> = {
  goalStart: 'the start of the goal',
  goalDue: 'the goal’s due day',
  renewalDate: 'the renewal date',
  noticeDeadline: 'the last day for notice',
  customerSince: 'the day they became a customer',
  leavesOn: 'the day they leave',
};

/** "3 d overdue", "today", "tomorrow", "12 Dec"; what it waits for where it has no day. */
export function dueText({ dueDay, waitsFor, state }: Task, today: IsoDay): string {
  if (dueDay === null) return waitsFor === null ? 'no day' : `waits for ${ANCHOR_WORDS[waitsFor]}`;
  if (state !== 'open') return formatDay(dueDay);
  const days = daysBetween(today, dueDay);
  if (days < 0) return `${plural(-days, 'day')} over`;
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  return days < 300 ? formatDayShort(dueDay) : formatDay(dueDay);
}

/** Whether a task is somebody's own and not a playbook's: it can be rewritten and cancelled. */
export const isByHand = ({ origin }: Pick<Task, 'origin'>): boolean => origin !== 'playbook';

/** "by Ana Lind on 5 Dec 2026", "by its rule". */
export function endedText({ completedHow, endedBy, endedDay }: Task): string {
  const by = completedHow === 'rule' ? 'by itself' : endedBy === null ? '' : `by ${endedBy}`;
  return [by, endedDay === null ? '' : `on ${formatDay(endedDay)}`].filter(Boolean).join(' ');
}
