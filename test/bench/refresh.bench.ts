import { type CompanyOptions } from './support/company.js';
import { type BenchDatabase, withDatabase } from './support/database.js';
import { alternating, median, medianRatio, say, sayMachine, verdict } from './support/measure.js';
import { optionsOf } from './support/options.js';
import { Product } from './support/product.js';
import { parkRules } from './support/rules.js';
import {
  byDays,
  daysToCompute,
  LAST_DAY,
  load,
  makeDailyRows,
  proveSame,
  proveSnapshots,
  refresh,
} from './support/whole-runs.js';

/**
 * The pipeline over all accounts, from facts to snapshots, against one careful SQL statement that computes four of its
 * signals from daily rows. Every pair computes a day of its own, so that the pipeline has its whole work to do: all
 * states move on to the next day, all snapshots are new. Segments and alert rules have a bench of their own.
 */
const options = optionsOf(
  { accounts: 20_000, contacts: 8, days: 90, pairs: 7, large: 100_000, largeDays: 62 },
  { accounts: 2_000, pairs: 5, large: 10_000 },
  ['scale'],
);
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
      await makeDailyRows(pool);
    });
    await parkRules(pool);
    const days = await daysToCompute([pool], options.pairs + 2);
    // Warm on both sides; the first run also takes everything off the list of what is due.
    for (const day of days.slice(0, 2)) {
      await refresh(product, day);
      await byDays(pool, day);
    }
    await proveSame(pool, days[1]!, options.accounts);
    const measured = days.slice(2);
    const pairs = await alternating(
      options.pairs,
      (pair) => refresh(product, measured[pair]!),
      (pair) => byDays(pool, measured[pair]!),
    );
    await proveSame(pool, measured.at(-1)!, options.accounts);
    await proveSnapshots(pool, measured.at(-1)!, options.accounts);
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
    const days = await Promise.all([small, large].map(({ pool }) => daysToCompute([pool], options.pairs + 1)));
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

sayMachine();
const { database, scale } = options;
if (!scale) await withDatabase(database, againstSql);
else {
  const second = database === null ? null : `${database}_large`;
  await withDatabase(database, (small) =>
    withDatabase(second ?? `steward_bench_large_${process.pid}`, (large) => bySize(small, large)),
  );
}
