import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { pagesOf } from '../../db/pages-of.js';
import { Binder } from '../../db/rules/binder.js';
import { OF_ACCOUNT } from '../../db/segment-stays-sql.js';
import { dayNumber } from '../../db/sql-days.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { type Day, isoOf, type Month } from '../../domain/calendar/day.js';
import { firstDayOf, monthOf } from '../../domain/calendar/month.js';
import { monthSql, type OwnedSubscription } from './account-months.repository.js';
import { accountsOfToday, ownerThenSql, tierFilterSql } from './filter-sql.js';
import type { ReportPage } from './report-pages.service.js';

const MEMBERS_AT_A_TIME = 5_000;

export interface Span {
  from: Month;
  toDay: Day;
}

/** An account with what its figures stand under, and its own figure at both ends where it has no subscriptions. */
export interface EndsRow {
  accountId: string;
  name: string;
  externalId: string;
  tier: string | null;
  csm: string | null;
  am: string | null;
  csmName: string | null;
  region: string | null;
  plan: string | null;
  hasSubscriptions: boolean;
  ownStartMinor: number;
  ownEndMinor: number;
  customerSince: Day | null;
}

/** Accounts and subscriptions for revenue between two days. */
@Injectable()
export class AccountEndsRepository {
  /** The accounts that the page's filters leave, the tier being that of the start as far as it is known. */
  accounts(tx: Tx, page: ReportPage, { from, toDay }: Span): Promise<EndsRow[]> {
    const binder = new Binder();
    const { bind } = binder;
    const day = `${bind(isoOf(toDay))}::date`;
    const start = `${bind(monthSql((from - 1) as Month))}::date`;
    const end = `${bind(monthSql(monthOf(toDay)))}::date`;
    const first = `${bind(isoOf(firstDayOf(from)))}::date`;
    const now = page.filters.tierMode === 'now';
    const tier = now
      ? 'n.tier'
      : `coalesce((SELECT t.tier FROM steward.account_month t WHERE t.account_id = a.id AND t.month >= ${start}
          AND t.month < ${end} ORDER BY t.month LIMIT 1), e.tier, n.tier)`;
    const owner = (role: string) => (page.filters.ownerMode === 'now' ? `a.${role}_user_id` : `e.${role}_user_id`);
    const region = page.filters.region === undefined ? 'TRUE' : `m.region = ${bind(page.filters.region)}`;
    const plan = page.filters.product === undefined ? 'TRUE' : `m.plan = ${bind(page.filters.product)}`;
    return open(tx).query(
      `SELECT m.*, u.full_name AS "csmName" FROM (
         SELECT a.id AS "accountId", a.name, a.external_id AS "externalId", ${tier} AS tier,
           ${owner('csm')} AS csm, ${owner('am')} AS am, coalesce(e.region, a.region) AS region,
           coalesce(e.plan, a.plan) AS plan, ${dayNumber('n.customer_since')} AS "customerSince",
           ${HAS_SUBSCRIPTIONS} AS "hasSubscriptions",
           CASE WHEN ${HAS_SUBSCRIPTIONS} THEN 0 ELSE coalesce(
             (SELECT b.end_minor FROM steward.account_month b WHERE b.account_id = a.id AND b.month = ${start}),
             CASE WHEN n.customer_since >= ${first} THEN 0 END,
             (SELECT b.start_minor FROM steward.account_month b WHERE b.account_id = a.id AND b.month > ${start}
               AND b.month <= ${end} ORDER BY b.month LIMIT 1), 0) END AS "ownStartMinor",
           CASE WHEN ${HAS_SUBSCRIPTIONS} THEN 0 ELSE coalesce(
             (SELECT CASE WHEN z.status = 'customer' THEN coalesce(z.mrr_minor, 0) ELSE 0 END
              FROM steward.account_snapshot z WHERE z.account_id = a.id AND z.day = ${day}), e.end_minor, 0) END AS "ownEndMinor"
         FROM steward.account a
           LEFT JOIN steward.account_month e ON e.account_id = a.id AND e.month = ${end}
           LEFT JOIN steward.account_state n ON n.account_id = a.id
         WHERE ${accountsOfToday(page, 'a.id', binder) ?? 'TRUE'} AND ${ownerThenSql(page, 'e', binder)}
       ) m LEFT JOIN steward.app_user u ON u.id = m.csm
       WHERE ${region} AND ${plan} AND ${tierFilterSql(page, 'm.tier', binder)} ORDER BY m."accountId"`,
      binder.values,
    );
  }

  /** Subscriptions with an MRR that had begun by a day, of the accounts that the reader may see. */
  subscriptions(tx: Tx, page: ReportPage, until: IsoDay): Promise<OwnedSubscription[]> {
    const binder = new Binder();
    const day = `${binder.bind(until)}::date`;
    return open(tx).query(
      `SELECT b.account_id AS "accountId", ${dayNumber('b.starts_on')} AS start, ${dayNumber('b.ends_on')} AS "end",
         b.mrr_minor AS "mrrMinor", b.currency
       FROM steward.subscription b WHERE b.mrr_minor IS NOT NULL AND b.starts_on <= ${day}
         AND ${accountsOfToday(page, 'b.account_id', binder) ?? 'TRUE'} ORDER BY b.account_id, b.starts_on, b.id`,
      binder.values,
    );
  }

  /**
   * Members of today of the segments that the reader may see, or of one of them, among the accounts that the page is
   * about, page by page: there may be several for each account.
   */
  members(tx: Tx, page: ReportPage, segment: string | null): AsyncGenerator<{ accountId: string; segment: string }[]> {
    const binder = new Binder();
    const { bind } = binder;
    const sql = `SELECT g.account_id AS "accountId", g.segment_id::text AS segment
      FROM steward.segment_member g JOIN steward.segment k ON k.id = g.segment_id
        AND (k.visibility = 'shared' OR k.owner_user_id = ${bind(page.askerId)}::uuid)
      WHERE g.${OF_ACCOUNT} ${segment === null ? '' : `AND k.id::text = ${bind(segment)}`}
        AND ${accountsOfToday(page, 'g.account_id', binder) ?? 'TRUE'}`;
    return pagesOf(tx, { sql, values: binder.values, page: MEMBERS_AT_A_TIME });
  }

  /** Subscriptions that are in no figure: their MRR is not known, or their currency has no rate. */
  async unknownSubscriptions(tx: Tx, page: ReportPage): Promise<number> {
    const binder = new Binder();
    const [row] = await open(tx).query<{ unknown: number }>(
      `SELECT count(*)::int AS unknown FROM steward.subscription b
       WHERE (b.mrr_minor IS NULL OR (b.currency <> ${binder.bind(page.currency)}
           AND NOT EXISTS (SELECT 1 FROM steward.exchange_rate r WHERE r.currency = b.currency)))
         AND ${accountsOfToday(page, 'b.account_id', binder) ?? 'TRUE'}`,
      binder.values,
    );
    return row?.unknown ?? 0;
  }
}

const HAS_SUBSCRIPTIONS = `EXISTS (SELECT 1 FROM steward.subscription q
  WHERE q.account_id = a.id AND q.mrr_minor IS NOT NULL)`;
