import type { Band } from '@steward/shared/common';
import type { Renewal, RenewalOutcome } from '@steward/shared/renewals';
import type { Binder } from '../../db/rules/binder.js';
import { addDays, isoOf, toDay } from '../../domain/calendar/day.js';
import { forecastOf, type RenewalChances } from '../../domain/renewals/forecast.js';

/** What reading renewals rests on. */
export interface RenewalWorld {
  today: string;
  chances: RenewalChances;
  /** Reasons of churn by key. */
  reasons: ReadonlyMap<string, string>;
}

/** A renewal so near should have been forecast, and its account touched in the last thirty days. */
export const NEAR_DAYS = 90;
const TOUCH_DAYS = 30;
/** What is due later is no risk yet. */
const RISK_DAYS = 365;
/** Overdue ones stand on top of lists for so long. */
export const OVERDUE_ON_TOP_DAYS = 60;

export interface RenewalSql {
  open: string;
  state: string;
  leaving: string;
  category: string;
  /** What is expected, before its probability. */
  expected: string;
  chance: string;
  atRisk: string;
  missingForecast: string;
  missingTouch: string;
  /** Overdue, and so on top. */
  onTop: string;
}

/**
 * What is derived of a renewal, as SQL over `r`, `a` and `s`: the same as `renewalOf` tells of a row. Probabilities are
 * whole numbers of the settings and stand in the text: not every statement reads them, and what is bound has to be read.
 */
export function renewalSql({ bind }: Binder, { today: iso, chances }: RenewalWorld): RenewalSql {
  const today = `${bind(iso)}::date`;
  const open = 'r.outcome IS NULL';
  const leaving = `(a.status = 'customer' AND (a.notice_given_on IS NOT NULL OR a.leaves_on IS NOT NULL))`;
  const category = `(CASE WHEN ${leaving} AND ${open} THEN 'lost' ELSE coalesce(r.forecast_category, 'likely') END)`;
  const byBand = `(CASE s.band WHEN 'healthy' THEN ${chances.healthy} WHEN 'watch' THEN ${chances.watch}
    WHEN 'at_risk' THEN ${chances.at_risk} ELSE ${chances.unknown} END)`;
  const near = `(${open} AND r.due_on <= ${today} + ${NEAR_DAYS})`;
  return {
    open,
    leaving,
    category,
    state: `(CASE WHEN r.outcome IS NOT NULL THEN r.outcome WHEN r.due_on < ${today} THEN 'overdue' ELSE 'upcoming' END)`,
    expected: `(CASE WHEN ${leaving} THEN 0 ELSE coalesce(r.forecast_amount_minor, r.amount_minor) END)`,
    chance: `(CASE ${category} WHEN 'commit' THEN 100 WHEN 'lost' THEN 0 WHEN 'atRisk' THEN ${chances.at_risk}
      ELSE ${byBand} END)`,
    atRisk: `(${open} AND r.due_on <= ${today} + ${RISK_DAYS} AND (r.due_on < ${today} OR s.band IS NOT DISTINCT FROM 'at_risk'
      OR ${category} IN ('atRisk', 'lost')))`,
    missingForecast: `(${near} AND NOT ${leaving} AND r.forecast_category IS NULL AND r.forecast_amount_minor IS NULL)`,
    missingTouch: `(${near} AND NOT EXISTS (SELECT 1 FROM steward.touchpoint t WHERE t.account_id = r.account_id
      AND t.counts AND t.on_day > ${today} - ${TOUCH_DAYS} AND t.on_day <= ${today}))`,
    onTop: `(${open} AND r.due_on < ${today} AND r.due_on >= ${today} - ${OVERDUE_ON_TOP_DAYS})`,
  };
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
