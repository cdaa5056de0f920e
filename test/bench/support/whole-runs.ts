import { readFileSync } from 'node:fs';
import { toDay } from '@steward/api/domain/calendar/day';
import { Runs } from '@steward/api/pipeline/run/runs.service';
import type pg from 'pg';
import { type CompanyOptions, isoDay } from './company.js';
import { loadCompany } from './load.js';
import { proves, say, seconds } from './measure.js';
import type { Product } from './product.js';

const sqlOf = (name: string) => readFileSync(new URL(`../../bench/sql/${name}.sql`, import.meta.url), 'utf8');
const BY_DAYS = sqlOf('usage-by-days');

/** The day before today: the clock of the loading never stands in the future. */
export const LAST_DAY = isoDay(new Date().toISOString().slice(0, 10), -1);

/** The rows that the careful statement reads. */
export async function makeDailyRows(pool: pg.Pool): Promise<void> {
  await pool.query(sqlOf('make-daily-rows'));
}

/** Loads a company through intake and says how long it took. */
export async function load(product: Product, company: CompanyOptions): Promise<void> {
  let events = 0;
  const took = await seconds(async () => {
    events = await loadCompany(product, company);
  });
  say(`${company.accounts} accounts, ${events} events loaded through intake in ${took.toFixed(0)} s`);
}

/** Days that no run has computed yet, the last of the usage among them as far as there are any. */
export async function daysToCompute(pools: readonly pg.Pool[], count: number): Promise<string[]> {
  const computed = await Promise.all(
    pools.map(async (pool) => {
      const { rows } = await pool.query<{ day: string | null }>(
        'SELECT max(as_of)::text AS day FROM steward.account_state',
      );
      return rows[0]?.day ?? null;
    }),
  );
  const last = computed.reduce((a, b) => (a === null || (b !== null && a < b) ? b : a));
  const first = last === null ? isoDay(LAST_DAY, 1 - count) : isoDay(last, 1);
  return Array.from({ length: count }, (_, index) => isoDay(first, index));
}

/** As the workers do it: in as many threads (RUN_THREADS), each with as many batches at a time (BATCHES_AT_A_TIME). Answers seconds. */
export async function refresh(product: Product, iso: string): Promise<number> {
  product.setDay(iso);
  const runs = product.get(Runs);
  return seconds(async () => {
    const run = await runs.start('refresh', { from: toDay(iso), to: toDay(iso) });
    await runs.drive(run);
  });
}

/** The statement itself; its rows are summed up where they are, so that handing them over costs it nothing. */
export function byDays(pool: pg.Pool, iso: string): Promise<number> {
  return seconds(() =>
    pool.query(
      `SELECT count(*), sum(active_contacts), sum(active_contacts_change), sum(breadth), sum(breadth_change) FROM (${BY_DAYS}) r`,
      [iso],
    ),
  );
}

export async function proveSame(pool: pg.Pool, iso: string, expected: number): Promise<void> {
  const { rows } = await pool.query<Record<string, number>>(
    `WITH numbers AS (SELECT key, number FROM steward.signal_definition)
     SELECT count(*)::int AS accounts,
       count(*) FILTER (WHERE coalesce(active, 0) <> active_contacts)::int AS active,
       count(*) FILTER (WHERE abs(coalesce(breadth, 0) - by_days_breadth) > 0.001)::int AS breadth,
       count(*) FILTER (WHERE abs(change - active_contacts_change) > 0.001 OR change IS NOT NULL AND active_contacts_change IS NULL)::int AS change,
       count(change)::int AS changes,
       count(*) FILTER (WHERE abs(breadth_change - by_days_breadth_change) > 0.001)::int AS breadth_change,
       count(breadth_change)::int AS breadth_changes
     FROM (
       SELECT r.active_contacts, r.active_contacts_change, r.breadth AS by_days_breadth, r.breadth_change AS by_days_breadth_change,
         s.signals[(SELECT number FROM numbers WHERE key = 'usage.active_contacts')] AS active,
         s.signals[(SELECT number FROM numbers WHERE key = 'usage.active_contacts_change')] AS change,
         s.signals[(SELECT number FROM numbers WHERE key = 'adoption.breadth')] AS breadth,
         s.signals[(SELECT number FROM numbers WHERE key = 'adoption.breadth_change')] AS breadth_change
       FROM (${BY_DAYS}) r JOIN steward.account_state s ON s.account_id = r.account_id AND s.as_of = $1::date
     ) compared`,
    [iso],
  );
  const found = rows[0]!;
  const { accounts = 0, active, breadth, change, breadth_change, changes = 0, breadth_changes = 0 } = found;
  if (active || breadth || change || breadth_change) say(JSON.stringify(found));
  proves(
    `active contacts and breadth of ${accounts} accounts on ${iso} are the same on both sides`,
    accounts === expected && active === 0 && breadth === 0,
  );
  proves(
    `so are ${changes} changes of active contacts and ${breadth_changes} of breadth`,
    change === 0 && breadth_change === 0 && Math.min(changes, breadth_changes) > accounts / 2,
  );
}

export async function proveSnapshots(pool: pg.Pool, iso: string, expected: number): Promise<void> {
  const { rows } = await pool.query<{ snapshots: number }>(
    `SELECT count(*)::int AS snapshots FROM steward.account_snapshot WHERE day = $1::date`,
    [iso],
  );
  proves('every account has its snapshot', rows[0]?.snapshots === expected);
}
