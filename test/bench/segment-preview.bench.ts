import { once } from 'node:events';
import { CatalogueReader } from '@steward/api/db/rules/catalogue.reader';
import { checkRule } from '@steward/api/db/rules/check-rule';
import { type Tx, UnitOfWork } from '@steward/api/db/unit-of-work';
import { PreviewRepository } from '@steward/api/desk/account-list/preview.repository';
import type { AccountQuestion } from '@steward/api/desk/account-list/question-sql';
import { systemActor } from '@steward/api/platform/auth/principal';
import { scopeOf } from '@steward/api/platform/auth/scope';
import { UsersService } from '@steward/api/records/users/users.service';
import type pg from 'pg';
import { accountsOf, contactsOf, dealings, eventsOfDay, isoDay } from './support/company.js';
import { type BenchDatabase, withDatabase } from './support/database.js';
import { loadFacts } from './support/load.js';
import { proves, quantile, say, sayMachine, seconds, verdict } from './support/measure.js';
import { optionsOf } from './support/options.js';
import { type PreviewRule, previewRules } from './support/preview-rules.js';
import { Processes } from './support/processes.js';
import { Product } from './support/product.js';

/**
 * Count, distribution and first 100 rows of a rule while it is being written, over a mixed bag of rules, against the same
 * conditions by hand as two statements: one that counts and adds up, one that fetches the rows.
 */
const options = optionsOf({ accounts: 100_000, csms: 40, rounds: 10 }, { accounts: 10_000, rounds: 5 });
const TODAY = new Date().toISOString().slice(0, 10);
const csms = Array.from({ length: options.csms }, (_, index) => `csm-${index}@steward.example`);
const company = { accounts: options.accounts, contactsPerAccount: 2, usageDays: 1, lastDay: TODAY, csms };
const LARGEST_FIRST = [{ field: 'account.arr', direction: 'desc' }] as const;

async function main({ url, pool, fill }: BenchDatabase): Promise<void> {
  const product = await Product.open(url);
  const processes = new Processes(url);
  try {
    await fill(async () => {
      for (const email of csms) {
        const person = { email, fullName: email, role: 'csm' as const, managerId: null, password: 'list the accounts' };
        await product.get(UsersService).create(systemActor('bench'), person);
      }
      const yesterday = isoDay(TODAY, -1);
      await loadFacts(product, accountsOf(company), yesterday);
      await loadFacts(product, contactsOf(company), yesterday);
      await loadFacts(product, dealings(company), yesterday);
      await loadFacts(product, eventsOfDay(company, 0), TODAY);
      const [code] = await once(processes.command('refresh'), 'exit');
      if (code !== 0) throw new Error(`The refresh ended with ${code}`);
    });
    const { rows } = await pool.query<{ id: string }>('SELECT id FROM steward.app_user WHERE email = $1', [csms[0]]);
    const bag = previewRules(TODAY, rows[0]!.id);
    const preview = await previewOf(product, pool);
    for (const rule of bag) await proveSame(preview, pool, rule);

    const times = bag.map(() => ({ product: [] as number[], bare: [] as number[] }));
    for (let round = 0; round < options.rounds; round += 1) {
      for (const [index, rule] of bag.entries()) {
        const sides = [
          ['product', () => preview(rule)],
          ['bare', () => byHand(pool, rule)],
        ] as const;
        for (const [side, run] of (round + index) % 2 === 0 ? sides : [...sides].reverse()) {
          times[index]![side].push(1000 * (await seconds(run)));
        }
      }
    }
    say(`${bag.length} rules, ${options.rounds} rounds, ${options.accounts} accounts; milliseconds, p50 and p95`);
    const told = (all: readonly number[]) => `${quantile(all, 0.5).toFixed(1)} ${quantile(all, 0.95).toFixed(1)}`;
    for (const [index, { name }] of bag.entries()) {
      say(`  ${name}: product ${told(times[index]!.product)}   by hand ${told(times[index]!.bare)}`);
    }
    const ours = times.flatMap((each) => each.product);
    const bare = times.flatMap((each) => each.bare);
    say(`  all: product ${told(ours)}   by hand ${told(bare)}`);
    verdict('preview, p95', quantile(ours, 0.95), { most: 200 }, 'ms');
    verdict('preview, p95 ÷ that of two statements by hand', quantile(ours, 0.95) / quantile(bare, 0.95), {
      most: 1.3,
    });
  } finally {
    await processes.stop();
    await product.close();
  }
}

interface Found {
  total: number;
  arrMinor: number | null;
  ids: string[];
}

type Preview = (rule: PreviewRule) => Promise<Found>;

/** The preview as an admin asks for it, its statement sent over the bench's connections. */
async function previewOf(product: Product, pool: pg.Pool): Promise<Preview> {
  const { catalogue } = await product.get(UnitOfWork).run((tx) => product.get(CatalogueReader).model(tx));
  const runner = {
    query: async (sql: string, values: unknown[]) => ({ records: (await pool.query(sql, values)).rows }),
    connect: async () => pool,
  };
  const scope = scopeOf({ id: '', role: 'admin', teamIds: [], standsInForIds: [] }, { everyoneSeesAll: false });
  const repository = product.get(PreviewRepository);
  return async ({ name, rule }) => {
    const [problem] = checkRule(rule, catalogue, { purpose: 'segment' });
    if (problem) throw new Error(`${name}: ${problem.path} ${problem.message}`);
    const question: AccountQuestion = { catalogue, scope, asker: null, day: TODAY, past: false, rule, text: '' };
    const asked = { sort: LARGEST_FIRST, limit: 100, fields: [] };
    const { total, arrMinor, rows } = await repository.preview(runner as unknown as Tx, question, asked);
    return { total, arrMinor, ids: rows.map(({ id }) => id) };
  };
}

/** What somebody would write by hand. */
async function byHand(pool: pg.Pool, { where }: PreviewRule): Promise<Found> {
  const counted = await pool.query<{ total: number; arr: string | null }>(
    `SELECT count(*)::int AS total, sum(s.arr_minor) AS arr
     FROM steward.account_state s JOIN steward.account a ON a.id = s.account_id WHERE ${where}`,
  );
  const shown = await pool.query<{ id: string }>(
    `SELECT a.id, a.external_id, a.name, s.status, a.industry, a.region, a.plan, s.score, s.band, s.band_since,
       s.health_change, s.trend, s.score_ring, s.tier, s.stage, s.stage_since, s.arr_minor, s.seats, s.renewal_date,
       s.customer_since, a.leaves_on, a.tags, s.signals[1], s.signals[4], c.full_name AS csm, m.full_name AS am
     FROM steward.account_state s JOIN steward.account a ON a.id = s.account_id
       LEFT JOIN steward.app_user c ON c.id = a.csm_user_id LEFT JOIN steward.app_user m ON m.id = a.am_user_id
     WHERE ${where} ORDER BY s.arr_minor DESC NULLS LAST, s.account_id LIMIT 100`,
  );
  const { total = 0, arr = null } = counted.rows[0] ?? {};
  return { total, arrMinor: arr === null ? null : Number(arr), ids: shown.rows.map(({ id }) => id) };
}

async function proveSame(preview: Preview, pool: pg.Pool, rule: PreviewRule): Promise<void> {
  const [ours, bare] = [await preview(rule), await byHand(pool, rule)];
  proves(`${rule.name}: the same ${bare.total} accounts`, JSON.stringify(ours) === JSON.stringify(bare));
}

sayMachine();
await withDatabase(options.database, main);
