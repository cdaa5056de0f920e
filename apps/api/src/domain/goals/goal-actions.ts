import type { GoalEventKind, GoalRefusal, GoalStatus, OutcomeReason } from '@steward/shared/goals';
import { addDays, type Day, daysBetween, isoOf, toDay } from '../calendar/day.js';

/** What people do with a goal: which states allow which action, what it changes, and what taking it back restores. */

/** The fields of a goal that people's actions change. Days are ISO text, instants as the database has them. */
export interface GoalFields {
  status: GoalStatus;
  atRiskReason: string | null;
  startDay: string;
  dueDay: string;
  ownerUserId: string | null;
  metSinceDay: string | null;
  endedDay: string | null;
  endedAt: string | null;
  endedBy: string | null;
  outcomeReason: OutcomeReason | null;
  outcomeNote: string | null;
}

export type GoalStep =
  | { kind: 'achieve'; reason: OutcomeReason; note: string | null }
  | { kind: 'cancel'; reason: OutcomeReason; note: string | null }
  | { kind: 'extend'; dueDay: string }
  | { kind: 'move'; startDay: string }
  | { kind: 'assign'; ownerUserId: string | null }
  | { kind: 'reopen' };

export interface Actor {
  userId: string;
  day: Day;
  at: Date;
}

export type GoalStepTaken =
  | { kind: 'refused'; why: GoalRefusal }
  /** An empty change: it was so already. */
  | { kind: 'done'; change: Partial<GoalFields>; event: GoalEventKind; details: Record<string, unknown> | null };

const ENDED: ReadonlySet<GoalStatus> = new Set(['achieved', 'missed', 'cancelled']);
const NOT_ENDED = {
  endedDay: null,
  endedAt: null,
  endedBy: null,
  outcomeReason: null,
  outcomeNote: null,
  metSinceDay: null,
} as const;

const REFUSED = (why: GoalRefusal): GoalStepTaken => ({ kind: 'refused', why });

/**
 * What an action makes of a goal.
 *
 * - live → achieved or cancelled by a person; a missed one may still be achieved or cancelled, as it is closed for good;
 * - extending takes a live or a missed goal on to a later day, today or after; a missed one is live again;
 * - moving the start moves the due day with it: the goal keeps its length;
 * - reopening takes an achieved or cancelled goal back among the live ones.
 *
 * Whether a live goal is at risk is not decided here: the next run says.
 */
export function stepOf(goal: GoalFields, step: GoalStep, by: Actor): GoalStepTaken {
  const live = !ENDED.has(goal.status);
  const running = (start: string): GoalStatus => (toDay(start) > by.day ? 'notStarted' : 'inProgress');
  const done = (
    event: GoalEventKind,
    change: Partial<GoalFields>,
    details: Record<string, unknown> | null = null,
  ): GoalStepTaken => ({ kind: 'done', change, event, details });
  switch (step.kind) {
    case 'achieve':
    case 'cancel': {
      if (!live && goal.status !== 'missed') return REFUSED('GOAL_ENDED');
      const status = step.kind === 'achieve' ? 'achieved' : 'cancelled';
      const ended = { endedDay: isoOf(by.day), endedAt: by.at.toISOString(), endedBy: by.userId };
      const { reason, note } = step;
      return done(
        status,
        { status, atRiskReason: null, ...ended, outcomeReason: reason, outcomeNote: note },
        { reason, note },
      );
    }
    case 'extend': {
      if (!live && goal.status !== 'missed') return REFUSED('GOAL_ENDED');
      const { dueDay } = step;
      if (dueDay < goal.startDay || toDay(dueDay) < by.day) return REFUSED('DAY_TOO_EARLY');
      const details = { from: goal.dueDay, to: dueDay };
      if (live) return done('extended', dueDay === goal.dueDay ? {} : { dueDay }, details);
      return done('extended', { dueDay, ...NOT_ENDED, status: running(goal.startDay) }, details);
    }
    case 'move': {
      if (!live) return REFUSED('GOAL_ENDED');
      const { startDay } = step;
      const dueDay = isoOf(addDays(toDay(startDay), daysBetween(toDay(goal.startDay), toDay(goal.dueDay))));
      if (toDay(dueDay) < by.day) return REFUSED('DAY_TOO_EARLY');
      if (startDay === goal.startDay) return done('moved', {});
      const status =
        toDay(startDay) > by.day ? 'notStarted' : goal.status === 'notStarted' ? 'inProgress' : goal.status;
      const risk = status === 'notStarted' ? { atRiskReason: null } : {};
      return done('moved', { startDay, dueDay, status, ...risk }, { from: goal.startDay, to: startDay });
    }
    case 'assign': {
      if (!live) return REFUSED('GOAL_ENDED');
      const { ownerUserId } = step;
      if (ownerUserId === goal.ownerUserId) return done('owner', {});
      return done('owner', { ownerUserId }, { from: goal.ownerUserId, to: ownerUserId });
    }
    case 'reopen': {
      if (live) return REFUSED('GOAL_LIVE');
      if (toDay(goal.dueDay) < by.day) return REFUSED('DAY_TOO_EARLY');
      return done('reopened', { ...NOT_ENDED, status: running(goal.startDay) }, { was: goal.status });
    }
  }
}
