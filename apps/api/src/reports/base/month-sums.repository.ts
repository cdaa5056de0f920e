import { Injectable } from '@nestjs/common';
import type { RevenueDimension } from '@steward/shared/revenue-report';
import { Binder } from '../../db/rules/binder.js';
import { OF_ACCOUNT } from '../../db/segment-stays-sql.js';
import { monthNumber } from '../../db/sql-days.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { assertUnreachable } from '../../domain/assert-unreachable.js';
import type { Month } from '../../domain/calendar/day.js';
import type { Period } from '../../domain/reports/period.js';
import { type SumsSource, sumsSource } from '../../domain/reports/source.js';
import {
  added,
  type CohortSums,
  type LevelSums,
  type MovementSums,
  NO_COHORT,
  NO_LEVEL,
} from '../../domain/reports/sums.js';
import { accountsOfToday, marketFilterSql, monthsBetween, ownerThenSql, tierFilterSql } from './filter-sql.js';
import { ofOwnersSql } from './owner-sums-sql.js';
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
    const { sql, values } = statementOf(page, asked, source);
    return open(tx).query(sql, values);
  }

  /**
   * Sums by tier of what stood at each month's end, and of the 12 months that end with it. Where they come from the rows
   * of accounts, these are read once: reading them costs more than summing up.
   */
  async levelsWithYear(tx: Tx, page: ReportPage, period: Period): Promise<{ level: LevelRow[]; year: YearRow[] }> {
    const by = 'tier';
    if (!readsOnce(page, by)) {
      const level = await this.sums(tx, page, { basis: 'level', period, by });
      return { level, year: await this.sums(tx, page, { basis: 'year', period, by }) };
    }
    const { sql, values } = withYearSql(page, { basis: 'level', period, by });
    const rows = await open(tx).query<LevelRow & OfYear>(sql, values);
    return {
      level: addedBy(
        rows,
        ({ key }) => key,
        (row) => row,
        NO_LEVEL,
      ),
      year: addedBy(rows, ({ yearKey }) => yearKey, cohortOfYear, NO_COHORT),
    };
  }

  /** Sums of months over all that the filters leave, and of the 12 months that end with each; likewise. */
  async monthsWithYear(
    tx: Tx,
    page: ReportPage,
    period: Period,
  ): Promise<{ month: SumsRow<'month'>[]; year: YearRow[] }> {
    const by = 'whole';
    if (!readsOnce(page, by)) {
      const month = await this.sums(tx, page, { basis: 'month', period, by });
      return { month, year: await this.sums(tx, page, { basis: 'year', period, by }) };
    }
    const { sql, values } = withYearSql(page, { basis: 'month', period, by });
    const rows = await open(tx).query<SumsRow<'month'> & OfYear>(sql, values);
    return { month: rows, year: addedBy(rows, ({ yearKey }) => yearKey, cohortOfYear, NO_COHORT) };
  }
}

type LevelRow = SumsRow<'level'>;
type YearRow = SumsRow<'year'>;

/** The sums of the year beside those of another basis. */
interface OfYear {
  yearKey: string | null;
  yearCohort: number;
  yearCohortStartMinor: number;
  yearCohortKeptMinor: number;
  yearCohortEndMinor: number;
  yearCohortLost: number;
}

const cohortOfYear = (row: OfYear): CohortSums => ({
  cohort: row.yearCohort,
  cohortStartMinor: row.yearCohortStartMinor,
  cohortKeptMinor: row.yearCohortKeptMinor,
  cohortEndMinor: row.yearCohortEndMinor,
  cohortLost: row.yearCohortLost,
});

function addedBy<Row extends { month: Month }, Sums extends LevelSums | CohortSums>(
  rows: readonly Row[],
  keyOf: (row: Row) => string | null,
  sumsOf: (row: Row) => Sums,
  none: Sums,
): (Sums & { month: Month; key: string | null })[] {
  const groups = new Map<string, { at: { month: Month; key: string | null }; sums: Sums[] }>();
  for (const row of rows) {
    const at = { month: row.month, key: keyOf(row) };
    const place = JSON.stringify(at);
    const group = groups.get(place) ?? { at, sums: [] };
    groups.set(place, group);
    group.sums.push(sumsOf(row));
  }
  return [...groups.values()].map(({ at, sums }) => ({ ...added(sums, none), ...at }));
}

/** A filter by tier asks each basis for another tier. */
function readsOnce(page: ReportPage, by: 'tier' | 'whole'): boolean {
  return sourceOf(page, by) === 'accounts' && (page.filters.tier ?? []).length === 0;
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

function statementOf(page: ReportPage, asked: AskedMonths<Basis>, source: SumsSource) {
  switch (source) {
    case 'accounts':
      return ofAccounts(page, asked);
    case 'owners':
      return ofOwnersSql(page, asked);
    case 'stage':
    case 'market':
      return ofRollup(page, asked, source);
    default:
      return assertUnreachable(source);
  }
}

function ofRollup(page: ReportPage, { basis, period, by }: AskedMonths<Basis>, grain: 'stage' | 'market') {
  const binder = new Binder();
  const tier = page.filters.tierMode === 'now' ? 'r.tier_now' : 'r.tier';
  const key = by === 'tier' ? tier : by === 'whole' ? 'NULL::text' : `r.${by}`;
  const sql = `SELECT ${monthNumber('r.month')} AS month, ${key} AS key, ${sumsSql(basis, 'rollup')}
    FROM steward.report_rollup r
    WHERE ${monthsBetween('r.month', period, binder)} AND r.basis = '${basis}' AND r.grain = '${grain}'
      AND ${tierFilterSql(page, tier, binder)} AND ${marketFilterSql(page, 'r', binder)}
    GROUP BY r.month, 2 ORDER BY r.month, 2`;
  return { sql, values: binder.values };
}

function ofAccounts(page: ReportPage, { basis, period, by }: AskedMonths<Basis>) {
  const binder = new Binder();
  const { key, from, tier } = accountRows(page, basis, by, binder);
  const sql = `SELECT ${monthNumber('m.month')} AS month, ${key} AS key, ${sumsSql(basis, 'accounts')}
    ${from} WHERE ${monthsBetween('m.month', period, binder)} AND ${conditionsOf(page, tier, binder)}
    GROUP BY m.month, 2 ORDER BY m.month, 2`;
  return { sql, values: binder.values };
}

function withYearSql(page: ReportPage, { basis, period, by }: AskedMonths<'level' | 'month'>) {
  const binder = new Binder();
  const { key, from, tier } = accountRows(page, basis, by, binder);
  const yearKey = by === 'whole' || page.filters.tierMode === 'now' ? key : `m.${TIER_OF.year}`;
  const year = sumsSql('year', 'accounts').replaceAll('AS "cohort', 'AS "yearCohort');
  const sql = `SELECT ${monthNumber('m.month')} AS month, ${key} AS key, ${yearKey} AS "yearKey",
      ${sumsSql(basis, 'accounts')}, ${year}
    ${from} WHERE ${monthsBetween('m.month', period, binder)} AND ${conditionsOf(page, tier, binder)}
    GROUP BY m.month, 2, 3 ORDER BY m.month, 2, 3`;
  return { sql, values: binder.values };
}

/** Rows of accounts `m` with what they are grouped by. The tier of now is that of the last build, as in sums. */
export function accountRows(page: ReportPage, basis: Basis, by: RevenueDimension, binder: Binder) {
  const now = page.filters.tierMode === 'now';
  const tier = now ? 'a.summed_tier' : `m.${TIER_OF[basis]}`;
  const owners = page.filters.ownerMode === 'now' ? 'a' : 'm';
  const readsAccount = now || ((by === 'csm' || by === 'am') && owners === 'a');
  const joins = [
    ...(readsAccount ? ['JOIN steward.account a ON a.id = m.account_id'] : []),
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
  return `JOIN steward.segment_member g ON g.account_id = m.account_id AND g.${OF_ACCOUNT}
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
