import type { ChurnReason } from '@steward/shared/leaving';
import type { Binder } from './rules/binder.js';

/** A churn that people recorded stands for the account's own day when that lies so near. */
const SAME_CHURN_DAYS = 60;

/**
 * Churns on the days from `from` to `to`, as rows (account_id, churned_on, reason, can_influence, competitor,
 * arr_lost_minor): those that people recorded, and the days of accounts that came without a record. Their reason is told by the list where
 * it names one. ARR that nobody recorded is that of the close of the day before; null: not known.
 */
export function churnsSql(
  { bind }: Binder,
  { from, to }: { from: string; to: string },
  reasons: readonly ChurnReason[],
): string {
  const days = `BETWEEN ${bind(from)}::date AND ${bind(to)}::date`;
  const list = `jsonb_to_recordset(${bind(JSON.stringify(reasons))}::jsonb) AS l (key text, label text, "canInfluence" boolean)`;
  const known = `FROM ${list} WHERE lower(a.churn_reason) IN (lower(l.key), lower(l.label)) LIMIT 1`;
  const before = (account: string, day: string) =>
    `(SELECT b.arr_minor FROM steward.account_snapshot b WHERE b.account_id = ${account} AND b.day = ${day} - 1)`;
  return `(SELECT * FROM (SELECT DISTINCT ON (c.account_id, c.churned_on) c.account_id, c.churned_on, c.reason_label AS reason,
        c.can_influence, c.competitor, coalesce(c.arr_lost_minor, ${before('c.account_id', 'c.churned_on')}) AS arr_lost_minor
      FROM steward.churn_record c WHERE c.undone_at IS NULL AND c.churned_on ${days}
      ORDER BY c.account_id, c.churned_on, c.id DESC) recorded
    UNION ALL
    SELECT a.id, a.churned_on, coalesce((SELECT l.label ${known}), nullif(a.churn_reason, '')), (SELECT l."canInfluence" ${known}), NULL,
      ${before('a.id', 'a.churned_on')}
    FROM steward.account a WHERE a.churned_on ${days} AND NOT EXISTS (SELECT 1 FROM steward.churn_record c
      WHERE c.account_id = a.id AND c.undone_at IS NULL AND abs(c.churned_on - a.churned_on) <= ${SAME_CHURN_DAYS}))`;
}
