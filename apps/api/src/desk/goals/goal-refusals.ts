import type { GoalRefusal } from '@steward/shared/goals';
import { type AppError, Conflict, NotFound } from '../../platform/errors/app-error.js';

const WORDS: Record<GoalRefusal, string> = {
  NOT_FOUND: 'There is no such goal.',
  REVISION_MOVED: 'This goal was changed in the meantime. Load it again and repeat your change.',
  GOAL_ENDED: 'This goal has ended already. Reopen it, or give a missed one more time.',
  GOAL_LIVE: 'This goal is live.',
  DAY_TOO_EARLY: 'It would be due before it starts, or in the past. Choose a later day.',
  GOAL_RUNNING: 'Another goal of this playbook is live on the account.',
  NOTHING_TO_UNDO: 'There is nothing to take back, or something else has come of the goal since.',
  ASSIGNEE_CANNOT_SEE: 'This person may not see the account, or is no longer active.',
};

export function goalRefusal(why: GoalRefusal): AppError {
  return why === 'NOT_FOUND' ? new NotFound('goal') : new Conflict(why, WORDS[why]);
}

export const ASSIGNEE_CANNOT_SEE = WORDS.ASSIGNEE_CANNOT_SEE;
