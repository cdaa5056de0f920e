import type { Band } from '@steward/shared/common';
import type { Renewal, RenewalOutcome } from '@steward/shared/renewals';
import type { RenewalDay, RenewalSql } from '../../db/renewal-sql.js';
import { addDays, isoOf, toDay } from '../../domain/calendar/day.js';
import { forecastOf } from '../../domain/renewals/forecast.js';

/** What reading renewals rests on. */
export interface RenewalWorld extends RenewalDay {
  /** Reasons of churn by key. */
  reasons: ReadonlyMap<string, string>;
}

export const renewalColumns = (sql: RenewalSql) => `r.account_id AS "accountId", r.due_on AS "dueOn",
  r.amount_minor AS "amountMinor", r.outcome, r.outcome_day AS "outcomeDay", r.renewed_amount_minor AS "renewedAmountMinor",
  r.reason_key AS "reasonKey", r.note, decider.full_name AS "decidedBy", r.decided_by IS NOT NULL AS "byPerson",
  r.forecast_category AS "forecastCategory", r.forecast_amount_minor AS "forecastAmountMinor",
  forecaster.full_name AS "forecastBy", r.forecast_at AS "forecastAt", r.revision, a.notice_days AS "noticeDays",
  s.band, ${sql.leaving} AS leaving, ${sql.atRisk} AS "atRisk", ${sql.missingForecast} AS "missingForecast",
  ${sql.missingTouch} AS "missingTouch"`;

export const RENEWAL_JOINS = `LEFT JOIN steward.app_user decider ON decider.id = r.decided_by
  LEFT JOIN steward.app_user forecaster ON forecaster.id = r.forecast_by`;

/** A row as `renewalColumns` reads it. */
export interface StoredRenewalRow {
  accountId: string;
  dueOn: string;
  amountMinor: number | null;
  outcome: RenewalOutcome | null;
  outcomeDay: string | null;
  renewedAmountMinor: number | null;
  reasonKey: string | null;
  note: string | null;
  decidedBy: string | null;
  byPerson: boolean;
  forecastCategory: Renewal['forecast']['category'] | null;
  forecastAmountMinor: number | null;
  forecastBy: string | null;
  forecastAt: Date | null;
  revision: number;
  noticeDays: number | null;
  band: Band | null;
  leaving: boolean;
  atRisk: boolean;
  missingForecast: boolean;
  missingTouch: boolean;
}

/** The renewal as it is shown. */
export function renewalOf(row: StoredRenewalRow, { today, chances, reasons }: RenewalWorld): Renewal {
  const { accountId, dueOn, amountMinor, outcome, reasonKey, noticeDays, forecastAt } = row;
  const due = toDay(dueOn);
  const forecast = forecastOf(
    {
      amountMinor,
      category: row.forecastCategory,
      forecastAmountMinor: row.forecastAmountMinor,
      band: row.band,
      leaving: row.leaving && outcome === null,
    },
    chances,
  );
  return {
    accountId,
    dueOn,
    amountMinor,
    state: outcome ?? (dueOn < today ? 'overdue' : 'upcoming'),
    dueInDays: due - toDay(today),
    noticeDeadline: noticeDays === null ? null : isoOf(addDays(due, -noticeDays)),
    outcomeDay: row.outcomeDay,
    renewedAmountMinor: row.renewedAmountMinor,
    reason: reasonKey === null ? null : { key: reasonKey, label: reasons.get(reasonKey) ?? reasonKey },
    note: row.note,
    decidedBy: row.decidedBy,
    forecast: { ...forecast, by: row.forecastBy, at: forecastAt === null ? null : forecastAt.toISOString() },
    missingForecast: row.missingForecast,
    missingTouch: row.missingTouch,
    atRisk: row.atRisk,
    mayUndo: row.byPerson,
    revision: row.revision,
  };
}
