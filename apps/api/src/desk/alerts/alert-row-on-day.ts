import type { IsoDay } from '@steward/shared/common';
import { alertOnDay, type DatedEvent } from '../../domain/alerts/alert-on-day.js';
import type { AlertRow } from './alert-row-sql.js';

/** An alert that was live at the end of an earlier day, with nothing that was written down later. */
export function alertRowOnDay(row: AlertRow, oldestFirst: readonly DatedEvent[], day: IsoDay): AlertRow {
  const { wasLookedAt, knowsEvidence, ...stood } = alertOnDay(oldestFirst, day, row.severity);
  const upTo = (known: IsoDay | null) => (known !== null && known <= day ? known : null);
  return {
    ...row,
    ...stood,
    // Filled in, it would tell the values of now.
    template: null,
    evidence: knowsEvidence ? row.evidence : null,
    lastMatchedDay: upTo(row.lastMatchedDay),
    clearSinceDay: upTo(row.clearSinceDay),
    heldReason: null,
    unread: false,
    acknowledgedAt: wasLookedAt ? row.acknowledgedAt : null,
    acknowledgedBy: wasLookedAt ? row.acknowledgedBy : null,
    escalatedAt: oldestFirst.some((event) => event.kind === 'escalated' && event.day <= day) ? row.escalatedAt : null,
    outcome: null,
    outcomeNote: null,
    endedDay: null,
    endedAt: null,
    endedBy: null,
  };
}
