import type { AccountStatus } from '@steward/shared/common';
import type { GoalStart } from '@steward/shared/goals';
import { isLive } from '@steward/shared/lifecycle';
import type { PlaybookDefinition, StartRefusal } from '@steward/shared/playbooks';
import { addDays, type Day } from '../calendar/day.js';

/** What is known of an account before a goal is started on it. */
export interface BeforeStart {
  status: AccountStatus;
  /** The target holds now; null: not known. */
  isMet: boolean | null;
  /** A goal of the playbook is live on the account. */
  isRunning: boolean;
  /** When the last goal of the playbook ended on the account; null: there was none. */
  lastEndedDay: Day | null;
  /** What the playbook names is all there. */
  isSound: boolean;
  enabled: boolean;
}

/**
 * Why a goal does not start, in the order in which people want to know it; null: it may. What starts by itself also
 * keeps to the rule how soon again; a person may start it whenever none is running.
 */
export function refusalOf(
  run: PlaybookDefinition['run'],
  before: BeforeStart,
  how: GoalStart,
  day: Day,
): StartRefusal | null {
  if (!before.isSound) return 'PLAYBOOK_UNSOUND';
  if (!before.enabled) return 'PLAYBOOK_DISABLED';
  if (!isLive(before.status)) return 'NOT_LIVE';
  const isByItself = how === 'alert' || how === 'segment' || how === 'replay';
  if (before.isRunning && (run.oneAtATime || isByItself)) return 'GOAL_RUNNING';
  if (before.isMet === true) return 'ALREADY_MET';
  if (isByItself && before.lastEndedDay !== null) {
    if (run.againAfterDays === null || day < addDays(before.lastEndedDay, run.againAfterDays)) return 'RAN_BEFORE';
  }
  return null;
}
