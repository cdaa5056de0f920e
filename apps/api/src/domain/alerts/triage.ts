import type { AlertEventKind, AlertOutcome, AlertRefusal, ShownAlertState } from '@steward/shared/alerts';
import { type Day, isoOf } from '../calendar/day.js';

/** What people do with an alert: which states allow which action, what it changes, and what taking it back restores. */

/** The fields of an alert that people's actions change. Days are ISO text, instants as the database has them. */
export interface TriageFields {
  state: ShownAlertState;
  unread: boolean;
  snoozedUntil: string | null;
  snoozeReason: string | null;
  assigneeUserId: string | null;
  outcome: AlertOutcome | null;
  outcomeNote: string | null;
  acknowledgedAt: string | null;
  acknowledgedBy: string | null;
  escalateAt: string | null;
  endedDay: string | null;
  endedAt: string | null;
  endedBy: string | null;
  falseSinceDay: string | null;
}

export type TriageAction =
  | { kind: 'acknowledge' }
  | { kind: 'snooze'; until: string; reason: string }
  | { kind: 'unsnooze' }
  | { kind: 'resolve'; outcome: AlertOutcome; note: string | null }
  | { kind: 'assign'; assigneeUserId: string | null }
  | { kind: 'markRead' };

/** So long may a snooze last at most. */
export const LONGEST_SNOOZE_DAYS = 366;

export interface Actor {
  userId: string;
  day: Day;
  at: Date;
}

export interface TriageEvent {
  kind: AlertEventKind;
  details: Record<string, unknown> | null;
}

export type Triage =
  | { kind: 'refused'; why: AlertRefusal }
  /** `event` null: it leaves nothing in the history, and an empty change nothing at all. */
  | { kind: 'done'; change: Partial<TriageFields>; event: TriageEvent | null };

/** The state that an event leaves an alert in; null: the one that it was in. What is taken back returns to what was before. */
export const STATE_AFTER: Record<AlertEventKind, ShownAlertState | null> = {
  opened: 'open',
  evidence: null,
  acknowledged: 'acknowledged',
  snoozed: 'snoozed',
  woken: 'open',
  assigned: null,
  resolved: 'resolved',
  cleared: 'cleared',
  escalated: null,
  undone: null,
  severity: null,
};

/**
 * What an action makes of an alert. One that has ended takes none. Snoozing and resolving say that somebody has looked,
 * as acknowledging does: the first of them stops the escalation and counts against the tier's promise. Repeating what
 * holds already changes nothing.
 */
export function triage(alert: TriageFields, action: TriageAction, by: Actor): Triage {
  if (alert.state === 'resolved' || alert.state === 'cleared') return { kind: 'refused', why: 'ALERT_ENDED' };
  const change = (fields: Partial<TriageFields>, event: TriageEvent | null): Triage => {
    const state = event === null ? null : STATE_AFTER[event.kind];
    const moved = state === null ? {} : { state };
    return { kind: 'done', change: { ...(alert.unread ? { unread: false } : {}), ...moved, ...fields }, event };
  };
  switch (action.kind) {
    case 'acknowledge':
      if (alert.state === 'acknowledged') return change({}, null);
      return change({ ...AWAKE, ...looked(alert, by) }, { kind: 'acknowledged', details: null });
    case 'snooze': {
      const { until, reason } = action;
      const rest = { snoozedUntil: until, snoozeReason: reason };
      return change({ ...rest, ...looked(alert, by) }, { kind: 'snoozed', details: { until, reason } });
    }
    case 'unsnooze':
      if (alert.state !== 'snoozed') return { kind: 'refused', why: 'ALERT_NOT_SNOOZED' };
      return change(AWAKE, { kind: 'woken', details: null });
    case 'resolve': {
      const { outcome, note } = action;
      const ended = { endedDay: isoOf(by.day), endedAt: by.at.toISOString(), endedBy: by.userId };
      return change(
        { ...AWAKE, ...looked(alert, by), outcome, outcomeNote: note, ...ended },
        { kind: 'resolved', details: { outcome, note } },
      );
    }
    case 'assign': {
      const { assigneeUserId } = action;
      if (assigneeUserId === alert.assigneeUserId) return change({}, null);
      const details = { from: alert.assigneeUserId, to: assigneeUserId };
      return change({ assigneeUserId }, { kind: 'assigned', details });
    }
    case 'markRead':
      return change({}, null);
  }
}

const AWAKE = { snoozedUntil: null, snoozeReason: null } as const;

function looked(alert: TriageFields, by: Actor): Partial<TriageFields> {
  const first = alert.acknowledgedAt === null;
  return {
    escalateAt: null,
    ...(first ? { acknowledgedAt: by.at.toISOString(), acknowledgedBy: by.userId } : {}),
  };
}

/** An event of an alert as far as taking back needs it. */
export interface PastEvent {
  id: string;
  kind: AlertEventKind;
  byUserId: string | null;
  before: Partial<TriageFields> | null;
  details: Record<string, unknown> | null;
}

/** Events that leave alone what people's actions change. */
const BESIDE: ReadonlySet<AlertEventKind> = new Set(['evidence', 'severity', 'escalated']);

/**
 * The event that an undo takes back: the newest action of a person that has not been taken back yet. Null where
 * something else has come of the alert since, such as its clearing or its waking.
 */
export function undoable(newestFirst: readonly PastEvent[]): PastEvent | null {
  const undone = new Set<unknown>();
  for (const event of newestFirst) {
    if (event.kind === 'undone') undone.add(event.details?.undoes);
    else if (!BESIDE.has(event.kind) && !undone.has(event.id)) {
      return event.byUserId !== null && event.before !== null ? event : null;
    }
  }
  return null;
}

/** What taking an event back changes: all as it was before it. News that came since stay unread. */
export function undo(alert: TriageFields, event: PastEvent): { change: Partial<TriageFields>; event: TriageEvent } {
  const before = event.before ?? {};
  const unread = before.unread === undefined ? {} : { unread: before.unread || alert.unread };
  return {
    change: { ...before, ...unread },
    event: { kind: 'undone', details: { undoes: event.id, kind: event.kind } },
  };
}
