import { Injectable } from '@nestjs/common';
import type { AccountStatus, IsoDay } from '@steward/shared/common';
import { Binder } from '../../db/rules/binder.js';
import type { Catalogue } from '../../db/rules/bindings.js';
import { dayNumber, monthNumber } from '../../db/sql-days.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { type Day, isoOf, type Month } from '../../domain/calendar/day.js';
import { firstDayOf, monthOf } from '../../domain/calendar/month.js';
import { dayOfMonthRow, type MonthRevenue, YEAR_MONTHS } from '../../domain/reports/account-months.js';
import type { LedgerSubscription } from '../../domain/revenue/ledger.js';
import type { RateRow } from '../../domain/revenue/money-rates.js';
import { type Batch, BUCKETS, inBatch } from '../../stages/batch.js';
import { LEVEL_COLUMNS, rowsOfDay } from './rows-of-day-sql.js';

export interface OwnedSubscription extends LedgerSubscription {
  accountId: string;
}

export interface KnownMonth {
  accountId: string;
  month: Month;
  status: AccountStatus;
  mrrMinor: number | null;
  customerSince: Day | null;
}

const REVENUE_COLUMNS = [
  'start_tier',
  'start_minor',
  'movement',
  'end_minor',
  'year_tier',
  'year_start_minor',
  'year_end_minor',
] as const;
const COLUMNS = [...LEVEL_COLUMNS, ...REVENUE_COLUMNS, 'features'];

/** No history is older. */
const MOST_MONTHS_BACK = 120;

/** The bits of a month's days up to a day, as the usage ledger has them. */
const daysUpTo = (day: string): string => `((1::bigint << extract(day FROM ${day}::date)::int) - 1)::int`;

export const monthSql = (month: Month): IsoDay => isoOf(firstDayOf(month));

/** The rows of accounts by month, and the facts that they are made from. */
@Injectable()
export class AccountMonthsRepository {
  async bucketCounts(tx: Tx): Promise<number[]> {
    const rows = await open(tx).query<{ bucket: number; accounts: number }>(
      `SELECT get_byte(uuid_send(id), 0) AS bucket, count(*)::int AS accounts FROM steward.account GROUP BY 1`,
    );
    const counts = new Array<number>(BUCKETS).fill(0);
    for (const { bucket, accounts } of rows) counts[bucket] = accounts;
    return counts;
  }

  /** The newest day that is closed; null before the first. */
  async lastClosedDay(tx: Tx): Promise<Day | null> {
    const [row] = await open(tx).query<{ day: Day | null }>(
      `SELECT max(${dayNumber('day')}) AS day FROM steward.day_close WHERE state = 'closed'`,
    );
    return row?.day ?? null;
  }

  /** The first month of which snapshots are kept; null: of none. Each month is a partition, so that one row tells. */
  async firstMonth(tx: Tx, lastClosed: Day): Promise<Month | null> {
    const { bind, values } = new Binder();
    const last = `${bind(monthSql(monthOf(lastClosed)))}::date`;
    const [row] = await open(tx).query<{ month: Month }>(
      `SELECT ${monthNumber('m.first::date')} AS month
       FROM generate_series(${last} - interval '${MOST_MONTHS_BACK} months', ${last}, interval '1 month') AS m (first)
       WHERE EXISTS (SELECT 1 FROM steward.account_snapshot s
         WHERE s.day >= m.first::date AND s.day < (m.first + interval '1 month')::date)
       ORDER BY m.first LIMIT 1`,
      values,
    );
    return row?.month ?? null;
  }

  rates(tx: Tx): Promise<RateRow[]> {
    return open(tx).query(
      `SELECT currency, ${dayNumber('from_day')} AS "from", rate FROM steward.exchange_rate ORDER BY currency, from_day`,
    );
  }

  /** Subscriptions with an MRR, by account. */
  subscriptions(tx: Tx, batch: Batch): Promise<OwnedSubscription[]> {
    const { bind, values } = new Binder();
    return open(tx).query(
      `SELECT account_id AS "accountId", ${dayNumber('starts_on')} AS start, ${dayNumber('ends_on')} AS "end",
         mrr_minor AS "mrrMinor", currency
       FROM steward.subscription WHERE mrr_minor IS NOT NULL AND ${inBatch(batch, 'account_id', bind)}
       ORDER BY account_id, starts_on, id`,
      values,
    );
  }

  /** What stood at the ends of months of accounts that never had such a subscription. */
  knownMonths(
    tx: Tx,
    batch: Batch,
    { from, to, today }: { from: Month; to: Month; today: Day },
  ): Promise<KnownMonth[]> {
    const { bind, values } = new Binder();
    const days: IsoDay[] = [];
    for (let month = (from - YEAR_MONTHS) as Month; month <= to; month = (month + 1) as Month) {
      days.push(isoOf(dayOfMonthRow(month, today)));
    }
    return open(tx).query(
      `SELECT s.account_id AS "accountId", ${monthNumber('s.day')} AS month, s.status, s.mrr_minor AS "mrrMinor",
         ${dayNumber('s.customer_since')} AS "customerSince"
       FROM steward.account_snapshot s
       WHERE s.day = ANY(${bind([...new Set(days)])}::date[]) AND ${inBatch(batch, 's.account_id', bind)}
         AND NOT EXISTS (SELECT 1 FROM steward.subscription b WHERE b.account_id = s.account_id AND b.mrr_minor IS NOT NULL)
       ORDER BY s.account_id, s.day`,
      values,
    );
  }

  /**
   * Puts a month of a batch down: what stood on its day, and the revenue that was worked out. Rows that are as they were
   * are not written. Answers how many were.
   */
  async write(
    tx: Tx,
    batch: Batch,
    { month, day, catalogue }: { month: Month; day: Day; catalogue: Catalogue },
    revenue: readonly ({ accountId: string } & MonthRevenue)[],
  ): Promise<number> {
    const binder = new Binder();
    const { bind } = binder;
    const onlyThese = (column: string) => inBatch(batch, column, bind);
    const rows = rowsOfDay({ kind: 'past', day: isoOf(day) }, { catalogue, binder, onlyThese });
    const first = `${bind(monthSql(month))}::date`;
    const before = (months: number) => `(${first} - interval '${months} months')::date`;
    const list = (of: (row: MonthRevenue & { accountId: string }) => unknown) => bind(revenue.map(of));
    const earlierTier = (months: number) => `(SELECT t.tier FROM steward.account_month t
      WHERE t.account_id = s.account_id AND t.month >= ${before(months)} AND t.month < ${first} ORDER BY t.month LIMIT 1)`;
    const columns = [
      ...rows.columns,
      `CASE WHEN u.start_minor > 0 THEN coalesce(${earlierTier(1)}, s.tier) ELSE s.tier END`,
      'coalesce(u.start_minor, 0)',
      'u.movement',
      'coalesce(u.end_minor, 0)',
      `coalesce(${earlierTier(YEAR_MONTHS)}, s.tier)`,
      'coalesce(u.year_start_minor, 0)',
      'coalesce(u.year_end_minor, 0)',
      `(SELECT array_agg(f.feature_id ORDER BY f.feature_id) FROM steward.usage_feature_month f
        WHERE f.account_id = s.account_id AND f.month = ${first} AND f.days & ${daysUpTo(bind(isoOf(day)))} <> 0)`,
    ];
    const ledger = `unnest(${list((row) => row.accountId)}::uuid[], ${list((row) => row.startMinor)}::bigint[],
        ${list((row) => row.movement)}::text[], ${list((row) => row.endMinor)}::bigint[],
        ${list((row) => row.yearStartMinor)}::bigint[], ${list((row) => row.yearEndMinor)}::bigint[])
      AS u (account_id, start_minor, movement, end_minor, year_start_minor, year_end_minor)`;
    const [written] = await open(tx).query<{ rows: number }>(
      `WITH written AS (
         INSERT INTO steward.account_month AS t (account_id, month, ${COLUMNS.join(', ')})
         SELECT s.account_id, ${first}, ${columns.join(', ')}
         ${rows.from(`LEFT JOIN ${ledger} ON u.account_id = s.account_id`)} ORDER BY s.account_id
         ON CONFLICT (account_id, month) DO UPDATE
         SET ${COLUMNS.map((name) => `${name} = EXCLUDED.${name}`).join(', ')}
         WHERE (${COLUMNS.map((name) => `t.${name}`).join(', ')})
           IS DISTINCT FROM (${COLUMNS.map((name) => `EXCLUDED.${name}`).join(', ')})
         RETURNING 1)
       SELECT count(*)::int AS rows FROM written`,
      binder.values,
    );
    return (written?.rows ?? 0) + (await this.forget(tx, batch, month, day));
  }

  /** Rows of a month whose day has no snapshot any more. */
  private async forget(tx: Tx, batch: Batch, month: Month, day: Day): Promise<number> {
    const { bind, values } = new Binder();
    const rows = await open(tx).query<{ one: number }>(
      `DELETE FROM steward.account_month m WHERE m.month = ${bind(monthSql(month))}::date
         AND ${inBatch(batch, 'm.account_id', bind)} AND NOT EXISTS (SELECT 1 FROM steward.account_snapshot s
           WHERE s.account_id = m.account_id AND s.day = ${bind(isoOf(day))}::date) RETURNING 1 AS one`,
      values,
    );
    return rows.length;
  }
}
