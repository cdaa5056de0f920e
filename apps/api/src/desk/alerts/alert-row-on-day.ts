import type { IsoDay } from '@steward/shared/common';
import { alertOnDay, type DatedEvent } from '../../domain/alerts/alert-on-day.js';
import type { AlertRow } from './alert-row-sql.js';

/** An alert that was live at the end of an earlier day, as far as its history tells; who should act is of now. */
export function alertRowOnDay(row: AlertRow, oldestFirst: readonly DatedEvent[], day: IsoDay): AlertRow {
  const { looked, knowsEvidence, ...stood } = alertOnDay(oldestFirst, day, row.severity);
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
    acknowledgedAt: looked?.at ?? null,
    acknowledgedBy: looked?.by ?? null,
    escalatedAt: oldestFirst.some((event) => event.kind === 'escalated' && event.day <= day) ? row.escalatedAt : null,
    outcome: null,
    outcomeNote: null,
    endedDay: null,
    endedAt: null,
    endedBy: null,
  };
}
