import type { Rule } from '@steward/shared/rules';
import { type BenchDatabase, withDatabaseAndCopy } from './support/database.js';
import { median, proves, say, sayMachine, verdict } from './support/measure.js';
import { optionsOf } from './support/options.js';
import { Product } from './support/product.js';
import { parkRules, unparkRules } from './support/rules.js';
import { byDays, daysToCompute, LAST_DAY, load, makeDailyRows, proveSnapshots, refresh } from './support/whole-runs.js';

/**
 * What segments and alert rules add to a refresh of all accounts, and what the whole takes against the careful SQL
 * statement of the bench `refresh`. A round computes the same day with rules, in a copy of the database that never had
 * any, and by the statement, in turns at going first. In one database rules that come and go would be measured ending
 * the other turn's alerts.
 */
const options = optionsOf(
  { accounts: 20_000, contacts: 8, days: 90, rounds: 7, segments: 20, alertRules: 14 },
  { accounts: 2_000, rounds: 5 },
);

async function fill({ url, pool }: Pick<BenchDatabase, 'url' | 'pool'>): Promise<void> {
  const product = await Product.open(url);
  try {
    const { accounts, contacts: contactsPerAccount, days: usageDays } = options;
    await load(product, { accounts, contactsPerAccount, usageDays, lastDay: LAST_DAY });
    await makeDailyRows(pool);
  } finally {
    await product.close();
  }
}

async function main({ url, pool }: BenchDatabase, bare: BenchDatabase): Promise<void> {
  await unparkRules(pool);
  const [product, without] = [await Product.open(url), await Product.open(bare.url)];
  try {
    await parkRules(bare.pool);
    await addSegments();
    await proveRules();
    const days = await daysToCompute([pool, bare.pool], options.rounds + 2);
    // Warm: the first run also finds all members and all alerts that are true at the start.
    for (const day of days.slice(0, 2)) {
      await refresh(product, day);
      await refresh(without, day);
      await byDays(bare.pool, day);
    }
    const rounds: { withRules: number; without: number; statement: number }[] = [];
    for (const [round, day] of days.slice(2).entries()) {
      const taken = { withRules: 0, without: 0, statement: 0 };
      const turns = ['withRules', 'without', 'statement'] as const;
      for (const turn of round % 2 === 0 ? turns : turns.toReversed()) {
        if (turn === 'withRules') taken.withRules = await refresh(product, day);
        else if (turn === 'without') taken.without = await refresh(without, day);
        else taken.statement = await byDays(bare.pool, day);
      }
      rounds.push(taken);
      say(
        `  with rules ${taken.withRules.toFixed(2)} s   without ${taken.without.toFixed(2)} s   SQL over daily rows ${taken.statement.toFixed(2)} s`,
      );
    }
    for (const each of [pool, bare.pool]) await proveSnapshots(each, days.at(-1)!, options.accounts);
    verdict('with rules ÷ without, median of rounds', median(rounds.map((r) => r.withRules / r.without)), {
      most: 1.4,
    });
    verdict(
      'with rules ÷ SQL over daily rows, median of rounds',
      median(rounds.map((r) => r.withRules / r.statement)),
      {
        most: 1.3,
      },
    );
  } finally {
    await product.close();
    await without.close();
  }

  /** Beside the built-in ones, of accounts and of contacts, so many of the workspace's own that there are as many as asked for. */
  async function addSegments(): Promise<void> {
    await pool.query(
      `INSERT INTO steward.segment (id, name, description, of, rule, visibility, rule_version, revision, created_at, updated_at)
       SELECT gen_random_uuid(), 'Bench ' || n, '', 'account', $2::jsonb, 'shared', nextval('steward.segment_rule_version'), 1, now(), now()
       FROM generate_series(1, greatest(0, $1 - (SELECT count(*)::int FROM steward.segment))) AS n`,
      [options.segments, JSON.stringify(OWN_RULE)],
    );
  }

  async function proveRules(): Promise<void> {
    const { rows } = await pool.query<{ segments: number; alerts: number }>(
      `SELECT (SELECT count(*)::int FROM steward.segment) AS segments,
         (SELECT count(*)::int FROM steward.alert_rule WHERE enabled) AS alerts`,
    );
    const { segments = 0, alerts = 0 } = rows[0] ?? {};
    proves(
      `${segments} segments and ${alerts} alert rules are evaluated`,
      segments >= options.segments && alerts >= options.alertRules,
    );
  }
}

const OWN_RULE: Rule = {
  kind: 'all',
  rules: [
    { kind: 'compare', field: 'account.status', op: 'in', value: ['customer', 'trial'] },
    { kind: 'compare', field: 'account.arr', op: 'gte', value: 20_000 },
    { kind: 'compare', field: 'usage.active_contacts', op: 'lt', value: 4 },
  ],
};

sayMachine();
await withDatabaseAndCopy(options.database, fill, main);
