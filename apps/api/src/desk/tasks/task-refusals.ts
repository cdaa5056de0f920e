import type { TaskRefusal } from '@steward/shared/tasks';
import { type AppError, Conflict, NotFound } from '../../platform/errors/app-error.js';
import type { HeldTask } from './task-writes.repository.js';

const WORDS: Record<Exclude<TaskRefusal, 'TASK_ENDED'>, string> = {
  NOT_FOUND: 'There is no such task.',
  REVISION_MOVED: 'This task was changed in the meantime. Load it again and repeat your change.',
  TASK_OPEN: 'This task is open.',
  TASK_NOT_SNOOZED: 'This task is not snoozed.',
  GOAL_ENDED: 'Its goal has been achieved or cancelled: reopen the goal first.',
  OF_A_PLAYBOOK: 'A playbook’s task is skipped, not cancelled, and keeps what the playbook says.',
  NOTHING_TO_UNDO: 'There is nothing to take back, or something else has come of the task since.',
  ASSIGNEE_CANNOT_SEE: 'This person may not see the account, or is no longer active.',
};

const ENDED = { done: 'completed', skipped: 'skipped', cancelled: 'cancelled', open: 'ended' } as const;

/** Why nothing was done, in words: of one that has ended, by whom and when. */
export function wordsFor(why: TaskRefusal, task: HeldTask | null): string {
  if (why !== 'TASK_ENDED') return WORDS[why];
  if (task === null) return 'This task has ended already.';
  const { state, completedHow, endedByName, endedDay } = task;
  const on = endedDay === null ? '' : ` on ${endedDay}`;
  if (completedHow === 'rule') return `It completed itself${on}.`;
  return endedByName === null ? `It was ${ENDED[state]}${on}.` : `${endedByName} ${ENDED[state]} it${on}.`;
}

export function taskRefusal(why: TaskRefusal, task: HeldTask | null = null): AppError {
  return why === 'NOT_FOUND' ? new NotFound('task') : new Conflict(why, wordsFor(why, task));
}
