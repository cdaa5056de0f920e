import { Injectable } from '@nestjs/common';
import { Binder } from '../../db/rules/binder.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Month } from '../../domain/calendar/day.js';
import { monthSql } from './account-months.repository.js';
import { dimensionsOf, HAS_MOVED, OWNER_DIMENSIONS } from './owner-sums-sql.js';
import { addedSql, allSumsOf, BASES, type Basis, SUM_COLUMNS, signedSums } from './sums-sql.js';

const COLUMNS = ['month', 'basis', 'key', ...OWNER_DIMENSIONS, 'rows', ...SUM_COLUMNS].join(', ');
const KEPT = ['rows', ...SUM_COLUMNS];

/** A reader of this many accounts reads their months, too. */
const AT_A_TIME = 2_000;

/**
 * Sums over the rows of accounts by month and owner, for readers who see some accounts and for figures of people. An
 * account stands under the owners and the tier that it keeps for it (`account.summed…`), the same in all months.
 */
@Injectable()
export class OwnerSumsRepository {
  /** Sums a month up anew; groups that are as they were are not written. Answers how many were. */
  async rebuild(tx: Tx, month: Month): Promise<number> {
    const { bind, values } = new Binder();
    const first = `${bind(monthSql(month))}::date`;
    const [row] = await open(tx).query<{ rows: number }>(
      `WITH fresh AS MATERIALIZED (${BASES.map((basis) =>
        groupsSql(
          basis,
          `steward.account_month m
        JOIN (SELECT a.id, 1 AS sign, a.summed_csm_user_id AS csm, a.summed_am_user_id AS am, a.summed_tier AS tier
          FROM steward.account a) p ON p.id = m.account_id WHERE m.month = ${first}`,
        ),
      ).join(' UNION ALL ')}
       ), gone AS (
         DELETE FROM steward.report_owner r WHERE r.month = ${first} AND NOT EXISTS (
           SELECT 1 FROM fresh f WHERE f.basis = r.basis AND f.key = r.key) RETURNING 1
       ), written AS (
         INSERT INTO steward.report_owner AS t (${COLUMNS}) SELECT ${COLUMNS} FROM fresh ORDER BY basis, key
         ON CONFLICT (month, basis, key) DO UPDATE SET ${KEPT.map((name) => `${name} = EXCLUDED.${name}`).join(', ')}
         WHERE (${KEPT.map((name) => `t.${name}`).join(', ')})
           IS DISTINCT FROM (${KEPT.map((name) => `EXCLUDED.${name}`).join(', ')})
         RETURNING 1)
       SELECT (SELECT count(*) FROM written)::int + (SELECT count(*) FROM gone)::int AS rows`,
      values,
    );
    return row?.rows ?? 0;
  }

  async has(tx: Tx, month: Month): Promise<boolean> {
    const rows = await open(tx).query(`SELECT 1 FROM steward.report_owner WHERE month = $1::date LIMIT 1`, [
      monthSql(month),
    ]);
    return rows.length > 0;
  }

  /**
   * Puts the next accounts after `after` under their owners of now, in all months that are summed up; under their tier of
   * now only when tiers are moved, because sums for those who see everything stand by it, too. Answers the last of them;
   * null: there are no more.
   */
  async settle(tx: Tx, { after, moveTiers }: { after: string | null; moveTiers: boolean }): Promise<string | null> {
    const { bind, values } = new Binder();
    const beyond = after === null ? 'TRUE' : `a.id > ${bind(after)}::uuid`;
    const tier = moveTiers ? 'n.tier' : 'CASE WHEN a.summed THEN a.summed_tier ELSE n.tier END';
    const [row] = await open(tx).query<{ last: string | null }>(
      `WITH changed AS MATERIALIZED (
         SELECT a.id, a.summed, a.csm_user_id, a.am_user_id, ${tier} AS tier, a.summed_csm_user_id, a.summed_am_user_id,
           a.summed_tier
         FROM steward.account a LEFT JOIN steward.account_state n ON n.account_id = a.id
         WHERE ${beyond} AND (${HAS_MOVED} OR NOT a.summed OR a.summed_tier IS DISTINCT FROM ${tier})
         ORDER BY a.id LIMIT ${AT_A_TIME} FOR NO KEY UPDATE OF a
       ), settled AS (
         UPDATE steward.account a SET summed = TRUE, summed_csm_user_id = c.csm_user_id,
           summed_am_user_id = c.am_user_id, summed_tier = c.tier
         FROM changed c WHERE a.id = c.id
       ), moved AS MATERIALIZED (
         SELECT c.id, p.* FROM changed c CROSS JOIN LATERAL (
           VALUES (-1, c.summed_csm_user_id, c.summed_am_user_id, c.summed_tier), (1, c.csm_user_id, c.am_user_id, c.tier)
         ) AS p (sign, csm, am, tier) WHERE c.summed
       ), months AS MATERIALIZED (
         SELECT b.month FROM steward.report_owner b WHERE b.basis = 'level' GROUP BY b.month
       ), written AS (
         INSERT INTO steward.report_owner AS t (${COLUMNS})
         SELECT month, basis, key, ${OWNER_DIMENSIONS.join(', ')}, sum(r.sign * r.rows)::int AS rows, ${signedSums()}
         FROM (${BASES.map((basis) =>
           groupsSql(
             basis,
             `moved p JOIN steward.account_month m ON m.account_id = p.id JOIN months b ON b.month = m.month`,
           ),
         ).join(' UNION ALL ')}) r
         GROUP BY month, basis, key, ${OWNER_DIMENSIONS.join(', ')} ORDER BY month, basis, key
         ON CONFLICT (month, basis, key) DO UPDATE SET ${KEPT.map((name) => `${name} = ${addedSql(name, 'EXCLUDED')}`).join(', ')}
       )
       SELECT max(id::text) AS last FROM changed`,
      values,
    );
    return row?.last ?? null;
  }

  /** Groups that nobody is left in. */
  async forgetEmpty(tx: Tx): Promise<void> {
    await open(tx).query('DELETE FROM steward.report_owner WHERE rows = 0');
  }
}

/** Sums of rows `m` of account_month with the owners `p` of now. */
function groupsSql(basis: Basis, from: string): string {
  const dimensions = dimensionsOf(basis);
  const named = dimensions.map((column, index) => `${column} AS ${OWNER_DIMENSIONS[index]}`).join(', ');
  const sums = allSumsOf(basis).map((sum, index) => `${sum} AS ${SUM_COLUMNS[index]}`);
  return `SELECT m.month, '${basis}' AS basis, md5(jsonb_build_array(${dimensions.join(', ')})::text)::uuid AS key, ${named},
      p.sign, count(*)::int AS rows, ${sums.join(', ')}
    FROM ${from} GROUP BY m.month, p.sign, ${dimensions.join(', ')}`;
}
