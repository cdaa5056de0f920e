import { Injectable } from '@nestjs/common';
import type { Rule } from '@steward/shared/rules';
import { pagesOf } from '../../db/pages-of.js';
import { Binder } from '../../db/rules/binder.js';
import type { Catalogue } from '../../db/rules/bindings.js';
import { compileRules } from '../../db/rules/compile-rule.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { dayNumber } from '../../db/sql-days.js';
import { allowEach } from '../../db/statement-time.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { type Day, dayFromNumber, isoOf, type Month } from '../../domain/calendar/day.js';
import { monthOf } from '../../domain/calendar/month.js';
import type { LedgerSubscription } from '../../domain/revenue/ledger.js';
import type { Scope } from '../../platform/auth/scope.js';
import { Refused } from '../../platform/errors/app-error.js';
import type { LiveRow } from './effect.repository.js';

export interface AskedOfDay {
  rules: readonly Rule[];
  signals: readonly number[];
  catalogue: Catalogue;
  scope: Scope;
  day: Day;
}

export type PastRow = Omit<LiveRow, 'arrMinor'>;

/** The first rows of a month of snapshots of 100,000 accounts; nothing else of a test takes longer. */
const SECONDS = 120;
/** Rows that are held at a time: few, because a month has as many as there are accounts. */
const PAGE = 2_000;

/** What health computed by then, and lifecycle after it, a rule of health reads as of the close of the day before. */
const OF_THE_DAY_BEFORE = ['score', 'band', 'band_since', 'health_change', 'trend', 'stage', 'stage_since'];
const OF_THE_DAY = [
  'account_id',
  'day',
  'status',
  'csm_user_id',
  'am_user_id',
  'arr_minor',
  'mrr_minor',
  'seats',
  'customer_since',
  'renewal_date',
  'usage_covered',
  'signals',
  'null_reasons',
  'tier',
  'raw_tier',
  'tier_since',
  'coverage',
  'model_change',
];

/** Snapshots of days past, and what came after them. */
@Injectable()
export class HistoryRepository {
  /** Which month-ends have snapshots. */
  async monthEndsWithSnapshots(tx: Tx, from: Day, to: Day): Promise<Day[]> {
    const rows = await open(tx).query<{ day: number }>(
      `SELECT ${dayNumber('d.day::date')} AS day
       FROM generate_series(date_trunc('month', $1::date), $2::date, interval '1 month') AS m (first)
       CROSS JOIN LATERAL (SELECT (m.first + interval '1 month' - interval '1 day')::date AS day) AS d
       WHERE d.day <= $2::date AND EXISTS (SELECT 1 FROM steward.account_snapshot h WHERE h.day = d.day) ORDER BY 1`,
      [isoOf(from), isoOf(to)],
    );
    return rows.map(({ day }) => dayFromNumber(day));
  }

  /**
   * Accounts that were live on the day, with the values that were known then and the rules that held then, page by page.
   * Rules that read fields whose past is not known are refused.
   */
  async *liveOn(tx: Tx, { rules, signals, catalogue, scope, day }: AskedOfDay): AsyncGenerator<PastRow[]> {
    await allowEach(tx, { seconds: SECONDS });
    const binder = new Binder();
    const compiled = compileRules(rules, {
      catalogue,
      binder,
      reader: scope,
      context: { kind: 'past', day: isoOf(day) },
    });
    if (compiled.nowOnlyFields.length > 0) throw notKnownThen(compiled.nowOnlyFields);
    const on = binder.bind(isoOf(day));
    const isWhole = scope.kind === 'all';
    const readsDayBefore = OF_THE_DAY_BEFORE.some((column) => new RegExp(`\\bs\\.${column}\\b`).test(compiled.sql));
    const rowsOfDay =
      readsDayBefore && (await this.hasDay(tx, (day - 1) as Day)) ? withDayBefore(on) : 'steward.account_snapshot';
    const account = compiled.readsAccount || !isWhole ? 'JOIN steward.account a ON a.id = s.account_id' : '';
    const values = signals.map((number) => `s.signals[${Math.trunc(number)}]`).join(', ');
    yield* pagesOf<PastRow>(tx, {
      sql: `SELECT s.account_id AS id, ARRAY[${values}]::real[]::text AS values, (${compiled.sql})::text AS holding
       FROM ${rowsOfDay} s ${account}
       WHERE s.day = ${on}::date AND s.status IN ('trial', 'customer')
         ${isWhole ? '' : `AND ${scopePredicate(scope, binder.bind)}`}`,
      values: binder.values,
      page: PAGE,
    });
  }

  /** Refuses rules that read fields whose past is not known, by name. */
  refuseNotKnownThen({ rules, catalogue, scope, day }: AskedOfDay): void {
    const context = { kind: 'past', day: isoOf(day) } as const;
    const { nowOnlyFields } = compileRules(rules, { catalogue, binder: new Binder(), context, reader: scope });
    if (nowOnlyFields.length > 0) throw notKnownThen(nowOnlyFields);
  }

  private async hasDay(tx: Tx, day: Day): Promise<boolean> {
    const [row] = await open(tx).query<{ there: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM steward.account_snapshot h WHERE h.day = $1::date) AS there`,
      [isoOf(day)],
    );
    return row?.there ?? false;
  }

  /** Days on which accounts churned, also those that came back since. */
  churnDays(tx: Tx, from: Day, to: Day): AsyncGenerator<{ id: string; day: Day }[]> {
    return pagesOf(tx, {
      sql: `SELECT id, ${dayNumber('churned_on')} AS day FROM (
         SELECT a.id, a.churned_on FROM steward.account a WHERE a.churned_on BETWEEN $1::date AND $2::date
         UNION
         SELECT f.account_id, (f.value #>> '{}')::date FROM steward.account_field f
         WHERE f.field = 'churnedOn' AND jsonb_typeof(f.value) = 'string'
           AND pg_input_is_valid(f.value #>> '{}', 'date') AND (f.value #>> '{}')::date BETWEEN $1::date AND $2::date
       ) AS churned ORDER BY id, day`,
      values: [isoOf(from), isoOf(to)],
      page: PAGE,
    });
  }

  /** How many accounts churned, by month. */
  async churnedByMonth(tx: Tx, scope: Scope, from: Day, to: Day): Promise<Map<Month, number>> {
    const { bind, values } = new Binder();
    const rows = await open(tx).query<{ day: number; accounts: number }>(
      `SELECT ${dayNumber("date_trunc('month', a.churned_on)::date")} AS day, count(*)::int AS accounts
       FROM steward.account a
       WHERE a.churned_on BETWEEN ${bind(isoOf(from))}::date AND ${bind(isoOf(to))}::date AND ${scopePredicate(scope, bind)}
       GROUP BY 1 ORDER BY 1`,
      values,
    );
    return new Map(rows.map(({ day, accounts }) => [monthOf(dayFromNumber(day)), accounts]));
  }

  /** Subscriptions with an MRR, by account. */
  subscriptions(tx: Tx): AsyncGenerator<({ accountId: string } & LedgerSubscription)[]> {
    return pagesOf(tx, {
      sql: `SELECT account_id AS "accountId", ${dayNumber('starts_on')} AS start, ${dayNumber('ends_on')} AS "end",
         mrr_minor AS "mrrMinor", currency
       FROM steward.subscription WHERE mrr_minor IS NOT NULL ORDER BY account_id, starts_on, id`,
      values: [],
      page: PAGE,
    });
  }

  /** MRR on a day of the accounts that never had such a subscription. */
  mrrOn(tx: Tx, day: Day): AsyncGenerator<{ id: string; mrrMinor: number }[]> {
    return pagesOf(tx, {
      sql: `SELECT s.account_id AS id, s.mrr_minor AS "mrrMinor" FROM steward.account_snapshot s
       WHERE s.day = $1::date AND s.mrr_minor IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM steward.subscription b WHERE b.account_id = s.account_id AND b.mrr_minor IS NOT NULL)`,
      values: [isoOf(day)],
      page: PAGE,
    });
  }
}

/** Snapshots of a day as the pipeline had them when it scored: what came later in that run stands as of the day before. */
function withDayBefore(on: string): string {
  const ofDay = OF_THE_DAY.map((column) => `h.${column}`).join(', ');
  const before = OF_THE_DAY_BEFORE.map((column) => `p.${column}`).join(', ');
  return `(SELECT ${ofDay}, ${before} FROM steward.account_snapshot h
    LEFT JOIN steward.account_snapshot p ON p.account_id = h.account_id AND p.day = ${on}::date - 1
    WHERE h.day = ${on}::date)`;
}

/** Refused by name: a score of then would be made with what is known now. */
function notKnownThen(fields: readonly string[]): Refused {
  return new Refused(
    'NOT_KNOWN_THEN',
    `The past of ${fields.join(', ')} is not known, so scores of earlier days cannot be made with it.`,
    fields.map((field) => ({ path: 'profile.body', code: 'NOT_KNOWN_THEN', message: field })),
  );
}
