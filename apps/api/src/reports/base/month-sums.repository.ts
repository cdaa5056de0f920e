import { Injectable } from '@nestjs/common';
import type { RevenueDimension } from '@steward/shared/revenue-report';
import { Binder } from '../../db/rules/binder.js';
import { monthNumber } from '../../db/sql-days.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Month } from '../../domain/calendar/day.js';
import type { Period } from '../../domain/reports/period.js';
import { type SumsSource, sumsSource } from '../../domain/reports/source.js';
import type { CohortSums, LevelSums, MovementSums } from '../../domain/reports/sums.js';
import { monthSql } from './account-months.repository.js';
import { accountsOfToday, marketFilterSql, NO_CONTACT, ownerThenSql, tierFilterSql } from './filter-sql.js';
import type { ReportPage } from './report-pages.service.js';
import { type Basis, sumsSql, TIER_OF } from './sums-sql.js';

export interface SumsOf {
  level: LevelSums;
  month: CohortSums & MovementSums;
  year: CohortSums;
}

export type SumsRow<B extends Basis> = SumsOf[B] & { month: Month; key: string | null };

export interface AskedMonths<B extends Basis> {
  basis: B;
  period: Period;
  by: RevenueDimension;
  /** For tests: answers from this source instead of the smallest that can. */
  source?: SumsSource;
}

/** Sums of months that are put down, as the page's filters leave them. */
@Injectable()
export class MonthSumsRepository {
  async sums<B extends Basis>(tx: Tx, page: ReportPage, asked: AskedMonths<B>): Promise<SumsRow<B>[]> {
    const source = asked.source ?? sourceOf(page, asked.by);
    const { sql, values } = source === 'accounts' ? ofAccounts(page, asked) : ofRollup(page, asked, source);
    return open(tx).query(sql, values);
  }
}

function sourceOf({ scope, filters }: ReportPage, by: RevenueDimension): SumsSource {
  return sumsSource({
    seesAll: scope.kind === 'all',
    hasOwner: filters.owner !== undefined,
    hasSegment: filters.segment !== undefined,
    hasRegionOrPlan: filters.region !== undefined || filters.product !== undefined,
    by,
  });
}

function ofRollup(page: ReportPage, { basis, period, by }: AskedMonths<Basis>, grain: 'stage' | 'market') {
  const binder = new Binder();
  const tier = page.filters.tierMode === 'now' ? 'r.tier_now' : 'r.tier';
  const key = by === 'tier' ? tier : by === 'whole' ? 'NULL::text' : `r.${by}`;
  const sql = `SELECT ${monthNumber('r.month')} AS month, ${key} AS key, ${sumsSql(basis, 'rollup')}
    FROM steward.report_rollup r
    WHERE ${between('r.month', period, binder)} AND r.basis = '${basis}' AND r.grain = '${grain}'
      AND ${tierFilterSql(page, tier, binder)} AND ${marketFilterSql(page, 'r', binder)}
    GROUP BY r.month, 2 ORDER BY r.month, 2`;
  return { sql, values: binder.values };
}

function ofAccounts(page: ReportPage, { basis, period, by }: AskedMonths<Basis>) {
  const binder = new Binder();
  const { key, from, tier } = accountRows(page, basis, by, binder);
  const sql = `SELECT ${monthNumber('m.month')} AS month, ${key} AS key, ${sumsSql(basis, 'accounts')}
    ${from} WHERE ${between('m.month', period, binder)} AND ${conditionsOf(page, tier, binder)}
    GROUP BY m.month, 2 ORDER BY m.month, 2`;
  return { sql, values: binder.values };
}

/** Rows of accounts `m` with what they are grouped by. */
export function accountRows(page: ReportPage, basis: Basis, by: RevenueDimension, binder: Binder) {
  const now = page.filters.tierMode === 'now';
  const tier = now ? 'n.tier' : `m.${TIER_OF[basis]}`;
  const owners = page.filters.ownerMode === 'now' ? 'a' : 'm';
  const joins = [
    ...(now ? ['JOIN steward.account_state n ON n.account_id = m.account_id'] : []),
    ...((by === 'csm' || by === 'am') && owners === 'a' ? ['JOIN steward.account a ON a.id = m.account_id'] : []),
    ...(by === 'segment' ? [segmentsJoin(page, binder)] : []),
  ];
  const keys: Record<RevenueDimension, string> = {
    tier,
    csm: `${owners}.csm_user_id::text`,
    am: `${owners}.am_user_id::text`,
    region: 'm.region',
    plan: 'm.plan',
    segment: 'g.segment_id::text',
    whole: 'NULL::text',
  };
  return { key: keys[by], from: `FROM steward.account_month m ${joins.join(' ')}`, tier };
}

/** The segments that the reader may see, by their members of today. */
function segmentsJoin({ askerId }: ReportPage, { bind }: Binder): string {
  return `JOIN steward.segment_member g ON g.account_id = m.account_id AND g.contact_id = '${NO_CONTACT}'::uuid
    JOIN steward.segment k ON k.id = g.segment_id
      AND (k.visibility = 'shared' OR k.owner_user_id = ${bind(askerId)}::uuid)`;
}

/** What the filters ask of rows of accounts `m`, beside their month. */
export function conditionsOf(page: ReportPage, tier: string, binder: Binder): string {
  return [
    accountsOfToday(page, 'm.account_id', binder) ?? 'TRUE',
    ownerThenSql(page, 'm', binder),
    marketFilterSql(page, 'm', binder),
    tierFilterSql(page, tier, binder),
  ].join(' AND ');
}

function between(column: string, { from, to }: Period, { bind }: Binder): string {
  return `${column} >= ${bind(monthSql(from))}::date AND ${column} <= ${bind(monthSql(to))}::date`;
}
