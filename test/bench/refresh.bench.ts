import { readFileSync } from 'node:fs';
import { toDay } from '@steward/api/domain/calendar/day';
import { Runs } from '@steward/api/pipeline/run/runs.service';
import type pg from 'pg';
import { type CompanyOptions, isoDay } from './support/company.js';
import { type BenchDatabase, withDatabase } from './support/database.js';
import { loadCompany } from './support/load.js';
import { alternating, median, medianRatio, proves, say, sayMachine, seconds, verdict } from './support/measure.js';
import { optionsOf } from './support/options.js';
import { Product } from './support/product.js';

/**
 * The whole pipeline over all accounts, snapshots included, against one careful SQL statement that computes four of its
 * signals from daily rows. Every pair computes a day of its own, so that the pipeline has its whole work to do: all
 * states move on to the next day, all snapshots are new.
 */
const options = optionsOf(
  { accounts: 20_000, contacts: 8, days: 90, pairs: 7, large: 100_000, largeDays: 62 },
  { accounts: 2_000, pairs: 5, large: 10_000 },
  ['scale'],
);
const BATCHES_AT_A_TIME = 2;
const sqlOf = (name: string) => readFileSync(new URL(`../bench/sql/${name}.sql`, import.meta.url), 'utf8');
const BY_DAYS = sqlOf('usage-by-days');

/** The day before today: the clock of the loading never stands in the future. */
const LAST_DAY = isoDay(new Date().toISOString().slice(0, 10), -1);
const companyOf = (accounts: number, usageDays: number): CompanyOptions => ({
  accounts,
  contactsPerAccount: options.contacts,
  usageDays,
  lastDay: LAST_DAY,
});

async function againstSql({ url, pool, fill }: BenchDatabase): Promise<void> {
  const product = await Product.open(url);
  try {
    await fill(async () => {
      await load(product, companyOf(options.accounts, options.days));
      await pool.query(sqlOf('make-daily-rows'));
    });
    const days = await daysToCompute(pool, options.pairs + 2);
    // Warm on both sides; the first run also takes everything off the list of what is due.
    for (const day of days.slice(0, 2)) {
      await refresh(product, day);
      await byDays(pool, day);
    }
    await proveSame(pool, days[1]!);
    const measured = days.slice(2);
    const pairs = await alternating(
      options.pairs,
      (pair) => refresh(product, measured[pair]!),
      (pair) => byDays(pool, measured[pair]!),
    );
    await proveSame(pool, measured.at(-1)!);
    await proveSnapshots(pool, measured.at(-1)!);
    for (const { product: refreshed, yardstick } of pairs) {
      say(
        `  refresh ${refreshed.toFixed(2)} s   SQL over daily rows ${yardstick.toFixed(2)} s   ${(refreshed / yardstick).toFixed(2)} ×`,
      );
    }
    const each = (median(pairs.map((pair) => pair.product)) / options.accounts) * 1e6;
    say(`refresh: ${each.toFixed(0)} µs an account`);
    verdict('refresh ÷ SQL over daily rows, median of pairs', medianRatio(pairs), { most: 1 });
  } finally {
    await product.close();
  }
}

/** What an account costs in a large company against one of the usual size: the same days, the same machine, in turns. */
async function bySize(small: BenchDatabase, large: BenchDatabase): Promise<void> {
  const products = [await Product.open(small.url), await Product.open(large.url)] as const;
  const sizes = [options.accounts, options.large] as const;
  try {
    for (const [index, { fill }] of [small, large].entries()) {
      await fill(() => load(products[index]!, companyOf(sizes[index]!, options.largeDays)));
    }
    const days = await Promise.all([small, large].map(({ pool }) => daysToCompute(pool, options.pairs + 1)));
    const costOf = async (index: 0 | 1, pair: number) =>
      ((await refresh(products[index], days[index]![pair + 1]!)) / sizes[index]) * 1e6;
    for (const index of [0, 1] as const) await costOf(index, -1);
    const pairs = await alternating(
      options.pairs,
      (pair) => costOf(1, pair),
      (pair) => costOf(0, pair),
    );
    for (const { product, yardstick } of pairs) {
      say(
        `  ${sizes[1]} accounts: ${product.toFixed(0)} µs each   ${sizes[0]} accounts: ${yardstick.toFixed(0)} µs each`,
      );
    }
    verdict(`cost of an account at ${sizes[1]} ÷ at ${sizes[0]}, median of pairs`, medianRatio(pairs), { most: 1.25 });
  } finally {
    for (const product of products) await product.close();
  }
}

async function load(product: Product, company: CompanyOptions): Promise<void> {
  let events = 0;
  const took = await seconds(async () => {
    events = await loadCompany(product, company);
  });
  say(`${company.accounts} accounts, ${events} events loaded through intake in ${took.toFixed(0)} s`);
}

/** Days that no run has computed yet, the last of the usage among them as far as there are any. */
async function daysToCompute(pool: pg.Pool, count: number): Promise<string[]> {
  const { rows } = await pool.query<{ day: string | null }>(
    `SELECT max(as_of)::text AS day FROM steward.account_state`,
  );
  const first = rows[0]?.day ? isoDay(rows[0].day, 1) : isoDay(LAST_DAY, 1 - count);
  return Array.from({ length: count }, (_, index) => isoDay(first, index));
}

/** As the command line and the workers do it. Answers seconds. */
async function refresh(product: Product, iso: string): Promise<number> {
  product.setDay(iso);
  const runs = product.get(Runs);
  return seconds(async () => {
    const run = await runs.start('refresh', { from: toDay(iso), to: toDay(iso) });
    await runs.drive(run, { atATime: BATCHES_AT_A_TIME });
  });
}

/** The statement itself; its rows are summed up where they are, so that handing them over costs it nothing. */
function byDays(pool: pg.Pool, iso: string): Promise<number> {
  return seconds(() =>
    pool.query(
      `SELECT count(*), sum(active_contacts), sum(active_contacts_change), sum(breadth), sum(breadth_change) FROM (${BY_DAYS}) r`,
      [iso],
    ),
  );
}

async function proveSame(pool: pg.Pool, iso: string): Promise<void> {
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
    accounts === options.accounts && active === 0 && breadth === 0,
  );
  proves(
    `so are ${changes} changes of active contacts and ${breadth_changes} of breadth`,
    change === 0 && breadth_change === 0 && Math.min(changes, breadth_changes) > accounts / 2,
  );
}

async function proveSnapshots(pool: pg.Pool, iso: string): Promise<void> {
  const { rows } = await pool.query<{ snapshots: number }>(
    `SELECT count(*)::int AS snapshots FROM steward.account_snapshot WHERE day = $1::date`,
    [iso],
  );
  proves('every account has its snapshot', rows[0]?.snapshots === options.accounts);
}

sayMachine();
const { database, scale } = options;
if (!scale) await withDatabase(database, againstSql);
else {
  const second = database === null ? null : `${database}_large`;
  await withDatabase(database, (small) =>
    withDatabase(second ?? `steward_bench_large_${process.pid}`, (large) => bySize(small, large)),
  );
}
