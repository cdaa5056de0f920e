import type { RevenueDimension } from '@steward/shared/revenue-report';
import { Binder } from '../../db/rules/binder.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { monthNumber } from '../../db/sql-days.js';
import type { Period } from '../../domain/reports/period.js';
import { monthsBetween, ownedBy, tierFilterSql } from './filter-sql.js';
import type { ReportPage } from './report-pages.service.js';
import { type Basis, namedSums, sumColumnsOf, sumsSql, TIER_OF } from './sums-sql.js';

/** What sums by owner are kept by, beside month and basis: the owners of now and of then, the tier of then and of now. */
export const OWNER_DIMENSIONS = ['csm_user_id', 'am_user_id', 'csm_then', 'am_then', 'tier', 'tier_now'] as const;

/** An account `a` whose owners are others than those under whom it is summed up; `account_moved_idx` finds them. */
export const HAS_MOVED = `((a.summed AND (a.csm_user_id IS DISTINCT FROM a.summed_csm_user_id
  OR a.am_user_id IS DISTINCT FROM a.summed_am_user_id))::integer = 1)`;

/** The dimensions of rows `m` of account_month, of which `p` are the owners and the tier of now. */
export function dimensionsOf(basis: Basis): string[] {
  return ['p.csm', 'p.am', 'm.csm_user_id', 'm.am_user_id', `m.${TIER_OF[basis]}`, 'p.tier'];
}

/**
 * Sums by owner as they are at this moment: those that are put down, less those of accounts that changed hands since
 * under the owners of before, and these again under their owners of now.
 */
export function ofOwnersSql(
  page: ReportPage,
  { basis, period, by }: { basis: Basis; period: Period; by: RevenueDimension },
): { sql: string; values: unknown[] } {
  const binder = new Binder();
  const { filters, scope } = page;
  const tier = filters.tierMode === 'now' ? 'r.tier_now' : 'r.tier';
  const ofNow = filters.ownerMode === 'now';
  const keys: Partial<Record<RevenueDimension, string>> = {
    tier,
    csm: ofNow ? 'r.csm_user_id::text' : 'r.csm_then::text',
    am: ofNow ? 'r.am_user_id::text' : 'r.am_then::text',
  };
  const mine = scopePredicate(scope, binder.bind, 'r');
  const owner = filters.owner === undefined ? null : binder.bind(filters.owner);
  const chosen =
    owner === null
      ? 'TRUE'
      : ofNow
        ? ownedBy('r', owner)
        : `(r.csm_then = ${owner}::uuid OR r.am_then = ${owner}::uuid)`;
  const columns = sumColumnsOf(basis).join(', ');
  const dimensions = dimensionsOf(basis);
  const sql = `SELECT ${monthNumber('r.month')} AS month, ${keys[by] ?? 'NULL::text'} AS key, ${sumsSql(basis, 'signed')}
    FROM (SELECT t.month, 1 AS sign, t.rows, ${OWNER_DIMENSIONS.map((name) => `t.${name}`).join(', ')}, ${columns}
      FROM steward.report_owner t WHERE t.basis = '${basis}' AND ${monthsBetween('t.month', period, binder)}
      UNION ALL
      SELECT m.month, p.sign, count(*)::int, ${dimensions.join(', ')}, ${namedSums(basis)}
      FROM steward.account a CROSS JOIN LATERAL (VALUES (-1, a.summed_csm_user_id, a.summed_am_user_id, a.summed_tier),
          (1, a.csm_user_id, a.am_user_id, a.summed_tier)) AS p (sign, csm, am, tier)
        CROSS JOIN LATERAL (SELECT * FROM steward.account_month k
          WHERE k.account_id = a.id AND ${monthsBetween('k.month', period, binder)} OFFSET 0) m
      WHERE ${HAS_MOVED} GROUP BY m.month, p.sign, ${dimensions.join(', ')}) r
    WHERE ${mine} AND ${chosen} AND ${tierFilterSql(page, tier, binder)}
    GROUP BY r.month, 2 HAVING sum(r.sign * r.rows) > 0 ORDER BY r.month, 2`;
  return { sql, values: binder.values };
}
