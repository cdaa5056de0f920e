import { Injectable } from '@nestjs/common';
import { Binder } from '../../db/rules/binder.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { LevelSums } from '../../domain/reports/sums.js';
import { accountsOfToday, marketFilterSql, ownerThenSql, tierFilterSql } from './filter-sql.js';
import type { ReportPage } from './report-pages.service.js';
import { LEVEL_COLUMNS, rowsOfDay } from './rows-of-day-sql.js';
import { sumsSql } from './sums-sql.js';

/** Sums of a single day, from what stood then: of days that months do not show, and of today. */
@Injectable()
export class DaySumsRepository {
  byTier(
    tx: Tx,
    page: ReportPage,
    on: { kind: 'past' | 'live'; day: string },
  ): Promise<(LevelSums & { key: string | null })[]> {
    const binder = new Binder();
    const onlyThese = (column: string) => accountsOfToday(page, column, binder) ?? 'TRUE';
    const rows = rowsOfDay(on, { catalogue: page.catalogue, binder, onlyThese });
    const named = rows.columns.map((column, index) => `${column} AS ${LEVEL_COLUMNS[index]}`).join(', ');
    const byNow = page.filters.tierMode === 'now' && on.kind === 'past';
    const join = byNow ? 'JOIN steward.account_state n ON n.account_id = m.account_id' : '';
    const tier = byNow ? 'n.tier' : 'm.tier';
    return open(tx).query(
      `SELECT ${tier} AS key, ${sumsSql('level', 'accounts')}
       FROM (SELECT s.account_id, ${named} ${rows.from()}) m ${join}
       WHERE ${ownerThenSql(page, 'm', binder)} AND ${marketFilterSql(page, 'm', binder)}
         AND ${tierFilterSql(page, tier, binder)}
       GROUP BY 1 ORDER BY 1`,
      binder.values,
    );
  }
}
