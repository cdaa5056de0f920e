import { Injectable } from '@nestjs/common';
import { Binder } from '../../db/rules/binder.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Month } from '../../domain/calendar/day.js';
import { monthSql } from './account-months.repository.js';
import { allSumsOf, BASES, type Basis, SUM_COLUMNS, TIER_OF } from './sums-sql.js';

/** What sums are kept by, beside the tier of then and of now. */
const GRAINS = {
  stage: ['stage', 'band'],
  market: ['region', 'plan'],
} as const;
export type Grain = keyof typeof GRAINS;

const DIMENSIONS = ['tier', 'tier_now', 'stage', 'band', 'region', 'plan'] as const;
const LIVE = `status IN ('trial', 'customer')`;

/** Sums over the rows of accounts by month, for readers who see all accounts. */
@Injectable()
export class RollupRepository {
  /** Sums a month up anew; groups that are as they were are not written. Answers how many were. */
  async rebuild(tx: Tx, month: Month): Promise<number> {
    return (await this.rebuildSums(tx, month)) + (await this.rebuildFeatures(tx, month));
  }

  private async rebuildSums(tx: Tx, month: Month): Promise<number> {
    const { bind, values } = new Binder();
    const first = `${bind(monthSql(month))}::date`;
    const groups = BASES.flatMap((basis) => (Object.keys(GRAINS) as Grain[]).map((grain) => groupsSql(basis, grain)));
    const columns = ['month', 'basis', 'grain', 'key', 'day', ...DIMENSIONS, ...SUM_COLUMNS];
    const kept = ['day', ...SUM_COLUMNS];
    const [row] = await open(tx).query<{ rows: number }>(
      `WITH rows AS MATERIALIZED (
         SELECT m.*, a.summed_tier AS tier_now FROM steward.account_month m
           JOIN steward.account a ON a.id = m.account_id WHERE m.month = ${first}
       ), fresh AS MATERIALIZED (${groups.join(' UNION ALL ')}
       ), gone AS (
         DELETE FROM steward.report_rollup r WHERE r.month = ${first} AND NOT EXISTS (
           SELECT 1 FROM fresh f WHERE f.basis = r.basis AND f.grain = r.grain AND f.key = r.key) RETURNING 1
       ), written AS (
         INSERT INTO steward.report_rollup AS t (${columns.join(', ')})
         SELECT ${columns.join(', ')} FROM fresh ORDER BY basis, grain, key
         ON CONFLICT (month, basis, grain, key) DO UPDATE SET ${kept.map((name) => `${name} = EXCLUDED.${name}`).join(', ')}
         WHERE (${kept.map((name) => `t.${name}`).join(', ')})
           IS DISTINCT FROM (${kept.map((name) => `EXCLUDED.${name}`).join(', ')})
         RETURNING 1)
       SELECT (SELECT count(*) FROM written)::int + (SELECT count(*) FROM gone)::int AS rows`,
      values,
    );
    return row?.rows ?? 0;
  }

  /** Live accounts that used a feature on a day of the month, up to the day that the month shows. */
  private async rebuildFeatures(tx: Tx, month: Month): Promise<number> {
    const { bind, values } = new Binder();
    const first = `${bind(monthSql(month))}::date`;
    const [row] = await open(tx).query<{ rows: number }>(
      `WITH fresh AS MATERIALIZED (
         SELECT u.feature_id, m.tier, a.summed_tier AS tier_now, jsonb_build_array(m.tier, a.summed_tier)::text AS key,
           count(*)::int AS accounts
         FROM steward.account_month m CROSS JOIN LATERAL unnest(m.features) AS u (feature_id)
           JOIN steward.account a ON a.id = m.account_id
         WHERE m.month = ${first} AND m.${LIVE} GROUP BY 1, 2, 3
       ), gone AS (
         DELETE FROM steward.report_feature r WHERE r.month = ${first} AND NOT EXISTS (
           SELECT 1 FROM fresh f WHERE f.feature_id = r.feature_id AND f.key = r.key) RETURNING 1
       ), written AS (
         INSERT INTO steward.report_feature AS t (month, feature_id, key, tier, tier_now, accounts)
         SELECT ${first}, feature_id, key, tier, tier_now, accounts FROM fresh ORDER BY feature_id, key
         ON CONFLICT (month, feature_id, key) DO UPDATE SET accounts = EXCLUDED.accounts
         WHERE t.accounts <> EXCLUDED.accounts RETURNING 1)
       SELECT (SELECT count(*) FROM written)::int + (SELECT count(*) FROM gone)::int AS rows`,
      values,
    );
    return row?.rows ?? 0;
  }
}

function groupsSql(basis: Basis, grain: Grain): string {
  const tier = `m.${TIER_OF[basis]}`;
  const [one, other] = GRAINS[grain];
  const dimensions = DIMENSIONS.map((name) => {
    if (name === 'tier') return `${tier} AS tier`;
    if (name === 'tier_now') return 'm.tier_now';
    return name === one || name === other ? `m.${name}` : `NULL::text AS ${name}`;
  });
  const key = `jsonb_build_array(${tier}, m.tier_now, m.${one}, m.${other})::text`;
  const sums = allSumsOf(basis).map((sum, index) => `${sum} AS ${SUM_COLUMNS[index]}`);
  return `SELECT m.month, '${basis}' AS basis, '${grain}' AS grain, ${key} AS key, max(m.day) AS day,
      ${dimensions.join(', ')}, ${sums.join(', ')}
    FROM rows m GROUP BY m.month, ${tier}, m.tier_now, m.${one}, m.${other}`;
}
