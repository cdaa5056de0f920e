import { rollsOnSql } from '../db/rolls-on-sql.js';
import { fieldSql } from '../db/rules/field-sql.js';
import type { RuleScope } from '../db/rules/rule-scope.js';
import { boundOf } from './account-row-sql.js';

/** Versions of fields as of the day: the newest from that day or before; a first version holds backwards. */
export const versionsThen = (
  day: string,
  columns: string,
  where: string,
) => `SELECT DISTINCT ON (v.field) v.field, ${columns}
  FROM steward.account_field v WHERE v.account_id = a.id AND ${where}
  ORDER BY v.field, v.from_day <= ${day} DESC, CASE WHEN v.from_day <= ${day} THEN v.from_day END DESC, v.from_day`;

/** True of a subscription `b` that runs on the day, as `renewalDay`, `seatsOf` and `arrMinor` have it. */
export const runsOn = (day: string): string => `b.account_id = a.id AND b.starts_on <= ${day}
    AND (b.ends_on IS NULL OR b.ends_on >= ${day} OR ${rollsOnSql('b', day)})`;

/** A year of the subscriptions in a currency without a rate; else, where the ARR is not known, the field in such a one. */
export function arrWithoutRateSql(fields: RuleScope): string {
  const lacksRate = (currency: string) => `${currency} <> (SELECT w.currency FROM steward.workspace w)
      AND NOT EXISTS (SELECT 1 FROM steward.exchange_rate r WHERE r.currency = ${currency})`;
  const then = versionsThen(fields.day, 'v.value', `v.field = 'arr' AND jsonb_typeof(v.value) = 'number'`);
  const amount =
    fields.context.kind === 'past' ? `(SELECT (f.value #>> '{}')::numeric FROM (${then}) f)` : 'a.arr_minor';
  const currency = fieldSql(fields, boundOf(fields, 'account.currency')).sql;
  return `coalesce(
      (SELECT jsonb_agg(jsonb_build_object('amountMinor', m.minor, 'currency', m.currency) ORDER BY m.currency)
       FROM (SELECT b.currency, 12 * sum(b.mrr_minor) AS minor FROM steward.subscription b
         WHERE ${runsOn(fields.day)} AND b.mrr_minor IS NOT NULL AND ${lacksRate('b.currency')} GROUP BY b.currency) m),
      (SELECT jsonb_build_array(jsonb_build_object('amountMinor', m.minor, 'currency', m.currency))
       FROM (SELECT ${amount} AS minor, ${currency} AS currency) m
       WHERE s.arr_minor IS NULL AND m.minor IS NOT NULL AND ${lacksRate('m.currency')}),
      '[]')`;
}
