import { Injectable } from '@nestjs/common';
import type { OwnerRole } from '@steward/shared/portfolio';
import type { BandOrNone } from '@steward/shared/report-parts';
import { minorSumSql } from '../../db/minor-sum-sql.js';
import { Binder } from '../../db/rules/binder.js';
import { bandSql } from '../../db/rules/report-part-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { BookGroup } from '../../domain/reports/book.js';
import { ownerSql, pageAccounts, tierSql } from '../base/page-accounts-sql.js';
import type { ReportPage } from '../base/report-pages.service.js';

/** Whose row a group belongs to. */
export interface OwnerOfGroup {
  userId: string | null;
  /** As delivered; null where a user is known. */
  text: string | null;
}

export interface KnownOwner {
  id: string;
  name: string;
  active: boolean;
  managerId: string | null;
  managerName: string | null;
}

/** Books of accounts and how their bands moved. */
@Injectable()
export class PortfolioRepository {
  /** Live accounts by owner, band and tier. */
  books(tx: Tx, page: ReportPage, role: OwnerRole): Promise<(BookGroup & OwnerOfGroup)[]> {
    const { user, text, readsAccount } = ownerSql(page, role);
    const binder = new Binder();
    const { from, where } = pageAccounts(page, binder, 'live', { readsAccount });
    return open(tx).query(
      `SELECT ${user} AS "userId", ${text} AS text, s.band, ${tierSql(page)} AS tier,
         count(*)::int AS accounts, ${minorSumSql('s.arr_minor')} AS "arrMinor",
         coalesce(sum(s.score), 0)::float8 AS "scoreSum", count(s.score)::int AS scored
       ${from} WHERE ${where} GROUP BY 1, 2, 3, 4`,
      binder.values,
    );
  }

  /** All who are named in rows. */
  owners(tx: Tx, ids: readonly string[]): Promise<KnownOwner[]> {
    return open(tx).query(
      `SELECT u.id, u.full_name AS name, u.active, u.manager_id AS "managerId", m.full_name AS "managerName"
       FROM steward.app_user u LEFT JOIN steward.app_user m ON m.id = u.manager_id WHERE u.id = ANY($1::uuid[])`,
      [ids],
    );
  }

  /** Accounts by their band on an earlier day and on the page's; ARR on the page's, of those that are gone on the earlier. */
  bandMoves(
    tx: Tx,
    page: ReportPage,
    fromDay: string,
  ): Promise<{ from: BandOrNone; to: BandOrNone; accounts: number; arrMinor: number | null }[]> {
    const binder = new Binder();
    const accounts = pageAccounts(page, binder, 'every');
    const now = bandSql('s');
    return open(tx).query(
      `SELECT coalesce(h.band, 'none') AS "from", n.band AS "to", count(*)::int AS accounts,
         ${minorSumSql(`(CASE WHEN n.band = 'none' THEN h.arr_minor ELSE n.arr_minor END)`)} AS "arrMinor"
       FROM (SELECT s.account_id, ${now} AS band, s.arr_minor ${accounts.from} WHERE ${accounts.where}) n
         LEFT JOIN (SELECT h.account_id, ${bandSql('h')} AS band, h.arr_minor FROM steward.account_snapshot h
           WHERE h.day = ${binder.bind(fromDay)}::date) h ON h.account_id = n.account_id
       WHERE n.band <> 'none' OR coalesce(h.band, 'none') <> 'none'
       GROUP BY 1, 2`,
      binder.values,
    );
  }

  /** Whether there are snapshots of the day; the day that runs is always known. */
  async isKnown(tx: Tx, day: string): Promise<boolean> {
    const rows = await open(tx).query(`SELECT 1 FROM steward.account_snapshot WHERE day = $1::date LIMIT 1`, [day]);
    return rows.length > 0;
  }
}
