import {
  ALERT_SEVERITIES,
  type AlertEventKind,
  type AlertSeverity,
  type ShownAlertState,
} from '@steward/shared/alerts';
import type { IsoDay } from '@steward/shared/common';
import { type PastEvent, STATE_AFTER } from './triage.js';

export interface DatedEvent extends PastEvent {
  day: IsoDay;
  at: Date;
  /** The name of the person; null: a run. */
  by: string | null;
}

/** What the history of an alert tells of how it stood at the end of a day. */
export interface AlertOnDay {
  state: ShownAlertState;
  severity: AlertSeverity;
  /** While it was snoozed. */
  snoozedUntil: IsoDay | null;
  snoozeReason: string | null;
  /** When somebody first looked at it, and who; null: nobody had. */
  looked: Pick<DatedEvent, 'at' | 'by'> | null;
  /** What it rests on was written down on that day at the latest. */
  knowsEvidence: boolean;
}

/** Events that write down anew what the alert rests on. */
const NOTED: ReadonlySet<AlertEventKind> = new Set(['evidence', 'woken']);
const LOOKED: ReadonlySet<AlertEventKind> = new Set(['acknowledged', 'snoozed', 'resolved']);

/**
 * How an alert that had been opened by the day stood at its end. What was done and taken back by then is as if it had not
 * been; what was taken back later still held.
 *
 * @param severity the one of now
 */
export function alertOnDay(oldestFirst: readonly DatedEvent[], day: IsoDay, severity: AlertSeverity): AlertOnDay {
  const by = oldestFirst.filter((event) => event.day <= day);
  const since = oldestFirst.filter((event) => event.day > day);
  const undone = new Set(by.filter(({ kind }) => kind === 'undone').map(({ details }) => details?.undoes));
  const stood = by.filter(({ id }) => !undone.has(id));
  const last = stood.findLast(({ kind }) => STATE_AFTER[kind] !== null);
  const state = (last && STATE_AFTER[last.kind]) ?? 'open';
  const snooze = state === 'snoozed' ? last : undefined;
  const moved = since.find(({ kind }) => kind === 'severity');
  return {
    state,
    severity: ALERT_SEVERITIES.find((each) => each === moved?.details?.from) ?? severity,
    snoozedUntil: textOf(snooze, 'until'),
    snoozeReason: textOf(snooze, 'reason'),
    looked: stood.find(({ kind }) => LOOKED.has(kind)) ?? null,
    knowsEvidence: !since.some(({ kind }) => NOTED.has(kind)),
  };
}

function textOf(event: DatedEvent | undefined, key: string): string | null {
  const value = event?.details?.[key];
  return typeof value === 'string' ? value : null;
}
