import type { AlertSeverity, ShownAlertState } from '@steward/shared/alerts';
import type { IsoDay } from '@steward/shared/common';
import type { PastEvent } from './triage.js';

export interface DatedEvent extends PastEvent {
  day: IsoDay;
}

/** What the history of an alert tells of how it stood at the end of a day. */
export interface AlertOnDay {
  state: ShownAlertState;
  severity: AlertSeverity;
  /** While it was snoozed. */
  snoozedUntil: IsoDay | null;
  snoozeReason: string | null;
  /** Somebody had looked at it. */
  wasLookedAt: boolean;
  /** What it rests on was written down on that day at the latest. */
  knowsEvidence: boolean;
}

/** Events that write down anew what the alert rests on. */
const NOTED = ['evidence', 'woken'];
const LOOKED = ['acknowledged', 'snoozed', 'resolved'];

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
  const last = stood.findLast(({ kind }) => STATE_AFTER[kind] !== undefined);
  const state = (last && STATE_AFTER[last.kind]) ?? 'open';
  const snooze = state === 'snoozed' ? last?.details : null;
  const moved = since.find(({ kind }) => kind === 'severity');
  return {
    state,
    severity: (moved?.details?.from as AlertSeverity | undefined) ?? severity,
    snoozedUntil: (snooze?.until as IsoDay | undefined) ?? null,
    snoozeReason: (snooze?.reason as string | undefined) ?? null,
    wasLookedAt: stood.some(({ kind }) => LOOKED.includes(kind)),
    knowsEvidence: !since.some(({ kind }) => NOTED.includes(kind)),
  };
}

const STATE_AFTER: Partial<Record<string, ShownAlertState>> = {
  opened: 'open',
  acknowledged: 'acknowledged',
  snoozed: 'snoozed',
  woken: 'open',
  resolved: 'resolved',
  cleared: 'cleared',
};
