import type { RenewalChances } from '../domain/renewals/forecast.js';
import type { Binder } from './rules/binder.js';

/** A renewal so near should have been forecast, and its account touched in the last thirty days. */
const NEAR_DAYS = 90;
const TOUCH_DAYS = 30;
/** What is due later is no risk yet. */
const RISK_DAYS = 365;
/** Overdue ones stand on top of lists for so long. */
const OVERDUE_ON_TOP_DAYS = 60;

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

/** The day that renewals are told for, and how probable they are. */
export interface RenewalDay {
  today: string;
  chances: RenewalChances;
  /** An earlier day, whose snapshot is `s`: outcomes and notices of later days have not come yet. Forecasts are those of now. */
  past?: boolean;
}

/**
 * What is derived of a renewal, as SQL over `r`, `a` and `s`: the same as `renewalOf` tells of a row. Probabilities are
 * whole numbers of the settings and stand in the text: not every statement reads them, and what is bound has to be read.
 */
export function renewalSql({ bind }: Binder, { today: iso, chances, past = false }: RenewalDay): RenewalSql {
  const today = `${bind(iso)}::date`;
  const outcome = past ? `(CASE WHEN coalesce(r.outcome_day, r.due_on) <= ${today} THEN r.outcome END)` : 'r.outcome';
  const open = `${outcome} IS NULL`;
  // Of a day to leave on it is not kept since when it was known.
  const leaving = past
    ? `(s.status = 'customer' AND coalesce(a.notice_given_on <= ${today}, FALSE))`
    : `(a.status = 'customer' AND (a.notice_given_on IS NOT NULL OR a.leaves_on IS NOT NULL))`;
  const category = `(CASE WHEN ${leaving} AND ${open} THEN 'lost' ELSE coalesce(r.forecast_category, 'likely') END)`;
  const byBand = `(CASE s.band WHEN 'healthy' THEN ${chances.healthy} WHEN 'watch' THEN ${chances.watch}
    WHEN 'at_risk' THEN ${chances.at_risk} ELSE ${chances.unknown} END)`;
  const near = `(${open} AND r.due_on <= ${today} + ${NEAR_DAYS})`;
  return {
    open,
    leaving,
    category,
    state: `(CASE WHEN ${outcome} IS NOT NULL THEN ${outcome} WHEN r.due_on < ${today} THEN 'overdue' ELSE 'upcoming' END)`,
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
