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

/** Why the account was lost on the day on which the facts say that the renewal was: as recorded, else as its fields have it. */
const CHURN_REASON = `CASE WHEN r.outcome = 'lost' AND r.decided_by IS NULL THEN coalesce(
    (SELECT c.reason_label FROM steward.churn_record c WHERE c.account_id = r.account_id AND c.undone_at IS NULL
      AND c.churned_on = r.outcome_day ORDER BY c.id DESC LIMIT 1),
    CASE WHEN a.churned_on = r.outcome_day THEN nullif(a.churn_reason, '') END) END`;

export const renewalColumns = (sql: RenewalSql) => `r.account_id AS "accountId", r.due_on AS "dueOn",
  r.amount_minor AS "amountMinor", r.outcome, r.outcome_day AS "outcomeDay", r.renewed_amount_minor AS "renewedAmountMinor",
  r.reason_key AS "reasonKey", ${CHURN_REASON} AS "churnReason", r.note, decider.full_name AS "decidedBy", r.decided_by IS NOT NULL AS "byPerson",
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
  /** Of the account that was lost with it; key, label or words of a feed. */
  churnReason: string | null;
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
  const { accountId, dueOn, amountMinor, outcome, noticeDays, forecastAt } = row;
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
    reason: reasonOf(row.reasonKey ?? row.churnReason, reasons),
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

/** The reason of the list where it names one, by key or label; else as it was said. */
function reasonOf(said: string | null, reasons: RenewalWorld['reasons']): Renewal['reason'] {
  if (said === null) return null;
  const same = (text: string) => text.toLowerCase() === said.toLowerCase();
  const [key, label] = [...reasons].find((each) => each.some(same)) ?? [said, said];
  return { key, label };
}
