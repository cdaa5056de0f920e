import type { AtRiskReason, GoalEventKind, GoalStart, GoalStatus } from '@steward/shared/goals';
import type { GoalTarget, PlaybookKind, TaskAnchor } from '@steward/shared/playbooks';
import { v5 as uuid } from 'uuid';
import type { Day } from '../../domain/calendar/day.js';
import type { LiveGoal } from '../../domain/goals/goal-of-day.js';

/** Ids of what runs make are made of what it is about and the day, so that a run repeated makes nothing twice. */
const GOALS = '0d0e6e7d-9c0b-5f0c-9a53-3f9d6c1b7a25';

export const goalIdOf = (accountId: string, playbookId: string, startDay: string) =>
  uuid(`${accountId} ${playbookId} ${startDay}`, GOALS);
export const taskIdOf = (goalId: string, key: string) => uuid(`${goalId} ${key}`, GOALS);
export const eventIdOf = (ofId: string, kind: string, day: string) => uuid(`${ofId} ${kind} ${day}`, GOALS);

/** A live goal as it is stored. */
export interface StoredGoal extends LiveGoal {
  accountId: string;
  id: string;
  playbookId: string;
  version: number;
  started: GoalStart;
  target: GoalTarget;
  alertId: string | null;
  segmentId: string | null;
  revision: number;
}

/** A task of a live goal, in any state. */
export interface StoredTask {
  accountId: string;
  id: string;
  goalId: string;
  key: string | null;
  state: 'open' | 'done' | 'skipped' | 'cancelled';
  required: boolean;
  role: 'csm' | 'am' | 'manager' | null;
  assigneeUserId: string | null;
  dueDay: Day | null;
  dueByHand: boolean;
  waitsFor: TaskAnchor | null;
  completesItself: boolean;
  revision: number;
}

export interface NewGoal {
  accountId: string;
  id: string;
  playbookId: string;
  version: number;
  kind: PlaybookKind;
  name: string;
  status: Extract<GoalStatus, 'notStarted' | 'inProgress'>;
  started: GoalStart;
  oneAtATime: boolean;
  startDay: string;
  dueDay: string;
  ownerUserId: string | null;
  target: GoalTarget;
  baseline: number | null;
  progress: number | null;
  alertId: string | null;
  segmentId: string | null;
  score: number | null;
  arrMinor: number | null;
  createdBy: string | null;
}

export interface NewTask {
  accountId: string;
  id: string;
  goalId: string;
  key: string;
  title: string;
  guidance: string | null;
  required: boolean;
  role: string;
  assigneeUserId: string | null;
  dueDay: string | null;
  waitsFor: TaskAnchor | null;
  completesItself: boolean;
}

/** A goal as a day leaves it. */
export interface ChangedGoal {
  goal: StoredGoal;
  status: GoalStatus;
  atRiskReason: AtRiskReason | null;
  baseline: number | null;
  value: number | null;
  progress: number | null;
  metSinceDay: string | null;
  outcomeReason: string | null;
  /** Of the account, where the goal ends. */
  score: number | null;
  arrMinor: number | null;
}

/** A task as a day leaves it. */
export interface ChangedTask {
  task: StoredTask;
  state: StoredTask['state'];
  assigneeUserId: string | null;
  dueDay: string | null;
  waitsFor: TaskAnchor | null;
}

export interface NewGoalEvent {
  accountId: string;
  goalId: string;
  kind: GoalEventKind;
  byUserId: string | null;
  details: Record<string, unknown> | null;
  /** Somebody may want to be told. */
  isNews: boolean;
}

export interface NewTaskEvent {
  accountId: string;
  taskId: string;
  kind: 'created' | 'done' | 'cancelled' | 'assigned' | 'due';
  details: Record<string, unknown> | null;
  isNews: boolean;
}

export const byKey = (a: { accountId: string; id: string }, b: { accountId: string; id: string }) =>
  a.accountId < b.accountId || (a.accountId === b.accountId && a.id < b.id) ? -1 : 1;
