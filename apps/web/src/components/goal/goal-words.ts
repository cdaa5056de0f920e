import { RULE_STATUS_WORDS } from '@steward/shared/goal-words';
import type { AtRiskReason, Goal, GoalEventKind, GoalScope, GoalStart, GoalStatus } from '@steward/shared/goals';
import type { PlaybookRole, TaskAnchor } from '@steward/shared/playbooks';

/** How goals and playbooks are called on every screen. */

export const STATUS_WORDS: Record<GoalStatus, string> = {
  ...RULE_STATUS_WORDS,
  atRisk: 'At risk',
};

export const SCOPE_WORDS: Record<GoalScope, string> = { mine: 'Mine', team: 'My team', all: 'All' };

export const RISK_WORDS: Record<AtRiskReason, string> = {
  behind: '20 points or more behind the straight line',
  taskOverdue: 'a required task is a week overdue',
};

export const START_WORDS: Record<GoalStart, string> = {
  hand: 'by hand',
  bulk: 'for many accounts at once',
  alert: 'from an alert',
  segment: 'by entering a segment',
  replay: 'while past days were worked through again',
};

export const ROLE_WORDS: Record<PlaybookRole, string> = {
  csm: 'CSM',
  am: 'Account manager',
  manager: 'Manager',
};

export const ANCHOR_WORDS: Record<TaskAnchor, string> = {
  goalStart: 'the start',
  goalDue: 'the due day',
  renewalDate: 'the renewal',
  noticeDeadline: 'the notice deadline',
  customerSince: 'the customer’s first day',
  leavesOn: 'the day the customer leaves',
};

export const EVENT_WORDS: Record<GoalEventKind, string> = {
  started: 'Started',
  began: 'First progress',
  baseline: 'The first value became the baseline',
  atRisk: 'At risk',
  onTrack: 'Back on track',
  achieved: 'Achieved',
  missed: 'Missed: its due day passed',
  cancelled: 'Cancelled',
  reopened: 'Reopened',
  extended: 'Given more time',
  moved: 'Start moved',
  owner: 'Owner changed',
  undone: 'Taken back',
};

type Stateful = Pick<Goal, 'status'>;
export const isLive = ({ status }: Stateful): boolean =>
  status === 'notStarted' || status === 'inProgress' || status === 'atRisk';

/** Why it is at risk, as the end of a sentence; null: it is not. */
export const riskWords = ({ status, atRiskReason }: Pick<Goal, 'status' | 'atRiskReason'>): string | null =>
  status === 'atRisk' ? (atRiskReason === null ? 'behind' : RISK_WORDS[atRiskReason]) : null;

/** What a live goal whose tasks are all done still waits for; null: nothing of the kind. */
export function waitsWords(goal: Pick<Goal, 'status' | 'target' | 'progress'>): string | null {
  if (goal.target.kind !== 'deal' || goal.progress !== 1 || !isLive(goal)) return null;
  return `All tasks done; no ${DEAL_WORDS[goal.target.dealKind]} deal is won yet`;
}

const DEAL_WORDS = { expansion: 'expansion', renewal: 'renewal', new: 'new-business' } as const;

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
