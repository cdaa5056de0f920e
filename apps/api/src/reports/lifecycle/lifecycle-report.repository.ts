import { Injectable } from '@nestjs/common';
import type { AccountBeside } from '@steward/shared/commercial';
import type { Stage, StagePace } from '@steward/shared/lifecycle';
import { BESIDE_COLUMN, BESIDE_OWNERS } from '../../db/account-beside-sql.js';
import { minorSumSql } from '../../db/minor-sum-sql.js';
import { Binder, literal } from '../../db/rules/binder.js';
import { staysInStagesSql } from '../../db/stage-stays-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { EntryGroup } from '../../domain/reports/funnel.js';
import type { Counted } from '../../domain/reports/quantile.js';
import { accountsOfToday } from '../base/filter-sql.js';
import { pageAccounts } from '../base/page-accounts-sql.js';
import type { ReportPage } from '../base/report-pages.service.js';

export interface StandingGroup {
  stage: string | null;
  pace: StagePace | null;
  accounts: number;
  arrMinor: number | null;
}

export type StayGroup = Counted & { stage: string; isOver: boolean; isFound: boolean };

export interface SlowRow {
  account: AccountBeside;
  stage: string;
  since: string;
  days: number;
}

type Paced = Pick<Stage, 'key' | 'expectedDays' | 'stuckDays'>;

/** How the accounts of a page stand in the stages, and go through them. */
@Injectable()
export class LifecycleReportRepository {
  /** Accounts by stage and pace, as `paceOf` tells it. */
  standing(tx: Tx, page: ReportPage): Promise<StandingGroup[]> {
    const binder = new Binder();
    const accounts = pageAccounts(page, binder, 'every');
    const pace = paceSql(page.stages, accounts.day);
    return open(tx).query(
      `SELECT s.stage, ${pace} AS pace, count(*)::int AS accounts, ${minorSumSql('s.arr_minor')} AS "arrMinor"
       ${accounts.from} WHERE ${accounts.where} GROUP BY 1, 2`,
      binder.values,
    );
  }

  /**
   * Entries of the period, by month, how and what became of them: the first of each account, and all. Those that fell
   * back or were found stand beside.
   */
  entries(tx: Tx, page: ReportPage): Promise<(EntryGroup & { how: 'entered' | 'fellBack' | 'found' })[]> {
    const binder = new Binder();
    const { from, where, day } = pageAccounts(page, binder, 'every');
    const order = { stages: page.stages, churned: page.churnedStage };
    const only = accountsOfToday(page, 'v.account_id', binder);
    const stays = staysInStagesSql(binder, day, order, { since: page.firstDay, only });
    return open(tx).query(
      `SELECT to_char(e.entered_on, 'YYYY-MM') AS month, e.stage, e.how, e.became,
         (count(*) FILTER (WHERE e.nth = 1))::int AS accounts, count(*)::int AS entries
       ${from} JOIN (SELECT x.*, row_number() OVER (PARTITION BY x.account_id, x.stage, x.how ORDER BY x.entered_on) AS nth
         FROM ${stays} x) e ON e.account_id = s.account_id
       WHERE ${where} GROUP BY 1, 2, 3, 4`,
      binder.values,
    );
  }

  /** Days in a stage: of stays that ended in the period, and of those that run on the day. */
  stays(tx: Tx, page: ReportPage): Promise<StayGroup[]> {
    const binder = new Binder();
    const { from, where, day } = pageAccounts(page, binder, 'every');
    const only = accountsOfToday(page, 'v.account_id', binder);
    const stays = staysInStagesSql(binder, day, { stages: page.stages, churned: page.churnedStage }, { only });
    return open(tx).query(
      `SELECT e.stage, e.left_on IS NOT NULL AS "isOver", e.how = 'found' AS "isFound",
         coalesce(e.left_on, ${day}) - e.entered_on AS value, count(*)::int AS count
       ${from} JOIN ${stays} e ON e.account_id = s.account_id
       WHERE ${where} AND (e.left_on IS NULL OR e.left_on >= ${binder.bind(page.firstDay)}::date) GROUP BY 1, 2, 3, 4`,
      binder.values,
    );
  }

  /** Accounts that are slow, the largest ARR first; with how many there are. */
  async slow(
    tx: Tx,
    page: ReportPage,
    paces: readonly StagePace[],
    { offset, limit }: { offset: number; limit: number | null },
  ): Promise<{ total: number; arrMinor: number | null; rows: SlowRow[] }> {
    const isSlow = (binder: Binder, day: string) => `${paceSql(page.stages, day)} = ANY(${binder.bind(paces)}::text[])`;
    const sums = new Binder();
    const all = pageAccounts(page, sums, 'every');
    const [found] = await open(tx).query<{ total: number; arrMinor: number | null }>(
      `SELECT count(*)::int AS total, ${minorSumSql('s.arr_minor')} AS "arrMinor"
       ${all.from} WHERE ${all.where} AND ${isSlow(sums, all.day)}`,
      sums.values,
    );
    const { total, arrMinor } = found ?? { total: 0, arrMinor: null };
    if (total === 0) return { total, arrMinor, rows: [] };
    const binder = new Binder();
    const { from, where, day } = pageAccounts(page, binder, 'every', { readsAccount: true });
    const cut = limit === null ? '' : `LIMIT ${binder.bind(limit)}::int OFFSET ${binder.bind(offset)}::int`;
    const rows = await open(tx).query<SlowRow>(
      `SELECT ${BESIDE_COLUMN}, s.stage, s.stage_since AS since, (${day} - s.stage_since)::int AS days
       ${from} ${BESIDE_OWNERS} WHERE ${where} AND ${isSlow(binder, day)}
       ORDER BY s.arr_minor DESC NULLS LAST, s.account_id ${cut}`,
      binder.values,
    );
    return { total, arrMinor, rows };
  }
}

/** The pace of the state `s` on the day, as `paceOf` in the domain tells it. Keys and days are those of the stage set. */
function paceSql(stages: readonly Paced[], day: string): string {
  const longer = (than: 'stuckDays' | 'expectedDays', pace: StagePace) =>
    stages.flatMap(({ key, [than]: days }) =>
      days === null ? [] : [`WHEN s.stage = ${literal(key)} AND ${day} - s.stage_since > ${days} THEN '${pace}'`],
    );
  const slow = [...longer('stuckDays', 'stuck'), ...longer('expectedDays', 'behind')].join(' ');
  return `(CASE WHEN s.stage IS NULL OR s.stage_since IS NULL THEN NULL ${slow} ELSE 'on_track' END)`;
}
