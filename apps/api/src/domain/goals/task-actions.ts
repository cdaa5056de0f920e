import type { TaskOrigin, TaskRefusal, TaskState } from '@steward/shared/tasks';
import { type Day, isoOf } from '../calendar/day.js';

/** What people do with a task: which states allow which action, and what it changes. */

/** The fields of a task that people's actions change. Days are ISO text, instants as the database has them. */
export interface TaskFields {
  state: TaskState;
  origin: TaskOrigin;
  /** Its goal can no longer be worked on: it has been achieved or cancelled. */
  goalEnded: boolean;
  assigneeUserId: string | null;
  role: string | null;
  dueDay: string | null;
  dueByHand: boolean;
  waitsFor: string | null;
  snoozedUntil: string | null;
  completedHow: 'person' | 'rule' | null;
  endedDay: string | null;
  endedAt: string | null;
  endedBy: string | null;
  note: string | null;
}

export type TaskStep =
  | { kind: 'complete'; note: string | null }
  | { kind: 'skip'; note: string | null }
  | { kind: 'cancel' }
  | { kind: 'reopen' }
  | { kind: 'snooze'; until: string }
  | { kind: 'unsnooze' }
  | { kind: 'assign'; assigneeUserId: string | null }
  | { kind: 'due'; dueDay: string | null };

export type TaskEvent = 'done' | 'skipped' | 'cancelled' | 'reopened' | 'snoozed' | 'woken' | 'assigned' | 'due';

export interface Actor {
  userId: string;
  day: Day;
  at: Date;
}

export type TaskStepTaken =
  | { kind: 'refused'; why: TaskRefusal }
  /** An empty change: it was so already. */
  | { kind: 'done'; change: Partial<TaskFields>; event: TaskEvent; details: Record<string, unknown> | null };

const ENDS = { complete: ['done', 'done'], skip: ['skipped', 'skipped'], cancel: ['cancelled', 'cancelled'] } as const;

/**
 * What an action makes of a task. Only an open one is completed, skipped, snoozed, given away or moved, so of two people
 * who complete it the second is told that it is done. A playbook's task is skipped, never cancelled. One that has ended is
 * reopened, unless its goal has been achieved or cancelled.
 */
export function taskStepOf(task: TaskFields, step: TaskStep, by: Actor): TaskStepTaken {
  const refused = (why: TaskRefusal): TaskStepTaken => ({ kind: 'refused', why });
  const done = (
    event: TaskEvent,
    change: Partial<TaskFields>,
    details: Record<string, unknown> | null = null,
  ): TaskStepTaken => ({ kind: 'done', change, event, details });
  if (step.kind === 'reopen') {
    if (task.state === 'open') return refused('TASK_OPEN');
    if (task.goalEnded) return refused('GOAL_ENDED');
    const ended = { endedDay: null, endedAt: null, endedBy: null, completedHow: null, note: null };
    return done('reopened', { state: 'open', ...ended }, { was: task.state });
  }
  if (task.state !== 'open') return refused('TASK_ENDED');
  switch (step.kind) {
    case 'complete':
    case 'skip':
    case 'cancel': {
      if (step.kind === 'cancel' && task.origin === 'playbook') return refused('OF_A_PLAYBOOK');
      const [state, event] = ENDS[step.kind];
      const ended = { endedDay: isoOf(by.day), endedAt: by.at.toISOString(), endedBy: by.userId };
      const how = step.kind === 'complete' ? ({ completedHow: 'person' } as const) : {};
      const note = step.kind === 'cancel' ? null : step.note;
      return done(event, { state, ...ended, ...how, note, snoozedUntil: null }, note === null ? null : { note });
    }
    case 'snooze':
      if (step.until === task.snoozedUntil) return done('snoozed', {});
      return done('snoozed', { snoozedUntil: step.until }, { until: step.until });
    case 'unsnooze':
      if (task.snoozedUntil === null) return refused('TASK_NOT_SNOOZED');
      return done('woken', { snoozedUntil: null });
    case 'assign': {
      const { assigneeUserId } = step;
      if (assigneeUserId === task.assigneeUserId) return done('assigned', {});
      // Given to a person by hand, or to nobody on purpose: its role finds nobody for it any more.
      return done('assigned', { assigneeUserId, role: null }, { from: task.assigneeUserId, to: assigneeUserId });
    }
    case 'due': {
      const { dueDay } = step;
      if (dueDay === task.dueDay && task.dueByHand) return done('due', {});
      return done('due', { dueDay, dueByHand: true, waitsFor: null }, { from: task.dueDay, to: dueDay });
    }
  }
}
