import { once } from 'node:events';
import { CatalogueReader } from '@steward/api/db/rules/catalogue.reader';
import { type Tx, UnitOfWork } from '@steward/api/db/unit-of-work';
import { AccountListRepository } from '@steward/api/desk/account-list/account-list.repository';
import type { AccountQuestion } from '@steward/api/desk/account-list/question-sql';
import { systemActor } from '@steward/api/platform/auth/principal';
import { scopeOf } from '@steward/api/platform/auth/scope';
import { UsersService } from '@steward/api/records/users/users.service';
import { type AccountQuery, accountQuerySchema } from '@steward/shared/accounts';
import type pg from 'pg';
import { accountsOf, contactsOf, dealings, eventsOfDay, isoDay } from './support/company.js';
import { type BenchDatabase, withDatabase } from './support/database.js';
import { loadFacts } from './support/load.js';
import { proves, quantile, say, sayMachine, seconds, verdict } from './support/measure.js';
import { optionsOf } from './support/options.js';
import { Processes } from './support/processes.js';
import { Product } from './support/product.js';

/**
 * Blocks of 100 rows of the account list while a full refresh of all accounts runs in another process, against bare SQL
 * for the same rows. Time is what the product's own statements take, over the same connections as the bare ones.
 */
const options = optionsOf({ accounts: 100_000, csms: 40, rounds: 60 }, { accounts: 10_000, rounds: 30 });
const TODAY = new Date().toISOString().slice(0, 10);
const csms = Array.from({ length: options.csms }, (_, index) => `csm-${index}@steward.example`);
const company = { accounts: options.accounts, contactsPerAccount: 1, usageDays: 1, lastDay: TODAY, csms };

interface Question {
  name: string;
  query: AccountQuery;
  /** WHERE and ORDER BY of the bare statement over state `s` and account `a`. */
  where?: string;
  order: string;
  mostMs: number;
  mostTimes?: number;
}

function questions(csm: string): Question[] {
  const ownedBy = { kind: 'compare', field: 'account.csm', op: 'eq', value: csm } as const;
  const byArr = [{ field: 'account.arr', direction: 'desc' }] as const;
  const deep = Math.floor(options.accounts / 2);
  const arr = 's.arr_minor DESC NULLS LAST, s.account_id';
  const other = (field: string, order: string): Question => ({
    name: `sorted by ${field}`,
    query: { sort: [{ field, direction: 'asc' }] },
    order,
    mostMs: 150,
  });
  return [
    { name: 'largest ARR first', query: { sort: [...byArr] }, order: arr, mostMs: 50, mostTimes: 2 },
    {
      name: 'lowest score first',
      query: { sort: [{ field: 'health.score', direction: 'asc' }] },
      order: 's.score, s.account_id',
      mostMs: 50,
      mostTimes: 2,
    },
    {
      name: "one owner's, largest ARR first",
      query: { sort: [...byArr], rule: ownedBy },
      where: `a.csm_user_id = '${csm}'`,
      order: arr,
      mostMs: 50,
      mostTimes: 2,
    },
    { name: `largest ARR first, from row ${deep}`, query: { sort: [...byArr], offset: deep }, order: arr, mostMs: 100 },
    other('account.name', 'a.name, s.account_id'),
    other('account.renewalDate', 's.renewal_date, s.account_id'),
    other('usage.active_contacts', 's.signals[1], s.account_id'),
  ];
}

async function main({ url, pool, fill }: BenchDatabase): Promise<void> {
  const product = await Product.open(url);
  const processes = new Processes(url);
  const refreshAll = async () => {
    // Yesterday's state: the refresh has every row to move on to today.
    await pool.query('UPDATE steward.account_state SET as_of = as_of - 1');
    await pool.query('DELETE FROM steward.account_snapshot WHERE day = $1::date', [TODAY]);
    return processes.command('refresh');
  };
  try {
    await fill(async () => {
      for (const email of csms) {
        const person = { email, fullName: email, role: 'csm' as const, managerId: null, password: 'list the accounts' };
        await product.get(UsersService).create(systemActor('bench'), person);
      }
      const yesterday = isoDay(TODAY, -1);
      await loadFacts(product, accountsOf(company), yesterday);
      await loadFacts(product, contactsOf(company), yesterday);
      await loadFacts(product, newsOf(), yesterday);
      await loadFacts(product, eventsOfDay(company, 0), TODAY);
      await ended(processes.command('refresh'));
    });
    const { rows } = await pool.query<{ id: string }>('SELECT id FROM steward.app_user WHERE email = $1', [csms[0]]);
    const asked = questions(rows[0]!.id);
    const list = await listOf(product, pool);
    for (const question of asked) await proveSame(list, pool, question);

    const times = asked.map(() => ({ product: [] as number[], bare: [] as number[] }));
    let refreshes = 0;
    while (times[0]!.product.length < options.rounds) {
      const refresh = await refreshAll();
      const end = ended(refresh);
      refreshes += 1;
      while (refresh.exitCode === null && times[0]!.product.length < options.rounds) {
        for (const [index, question] of asked.entries()) {
          const ask = () => list(question.query);
          const bare = () => pool.query(bareSql(question));
          const sides = [
            ['product', ask],
            ['bare', bare],
          ] as const;
          const turn = times[index]!.product.length % 2 === 0 ? sides : [...sides].reverse();
          for (const [side, run] of turn) times[index]![side].push(1000 * (await seconds(run)));
        }
      }
      await end;
    }
    say(`${options.rounds} rounds of questions while ${refreshes} full refreshes ran; milliseconds, p50 and p95`);
    for (const [index, { name, mostMs, mostTimes }] of asked.entries()) {
      const { product: ours, bare } = times[index]!;
      const figures = [ours, bare].map((all) => `${quantile(all, 0.5).toFixed(1)} ${quantile(all, 0.95).toFixed(1)}`);
      say(`  ${name}: product ${figures[0]}   bare SQL ${figures[1]}`);
      verdict(`${name}, p95`, quantile(ours, 0.95), { most: mostMs }, 'ms');
      if (mostTimes)
        verdict(`${name}, p95 ÷ bare SQL's`, quantile(ours, 0.95) / quantile(bare, 0.95), { most: mostTimes });
    }
  } finally {
    await processes.stop();
    await product.close();
  }
}

/** One fact more an account, so that scores differ. */
function* newsOf() {
  for (const fact of dealings(company)) if (fact.kind === 'survey' || fact.kind === 'pulse') yield fact;
}

type List = (query: AccountQuery) => Promise<{ id: string }[]>;

/** The list as an admin asks for it, its statements sent over the bench's connections. */
async function listOf(product: Product, pool: pg.Pool): Promise<List> {
  const model = await product.get(UnitOfWork).run((tx) => product.get(CatalogueReader).model(tx));
  const runner = {
    query: async (sql: string, values: unknown[]) => ({ records: (await pool.query(sql, values)).rows }),
    connect: async () => pool,
  };
  const scope = scopeOf({ id: '', role: 'admin', teamIds: [], standsInForIds: [] }, { everyoneSeesAll: false });
  const repository = product.get(AccountListRepository);
  return async (query) => {
    const { rule, sort, offset, limit } = accountQuerySchema.parse(query);
    const { catalogue } = model;
    const question: AccountQuestion = { catalogue, scope, asker: null, day: TODAY, past: false, rule, text: '' };
    return (await repository.block(runner as unknown as Tx, question, { sort, offset, limit })).rows;
  };
}

/** What somebody would write by hand for the columns of the grid. */
function bareSql({ where = 'TRUE', order, query }: Question): string {
  return `SELECT a.id, a.external_id, a.name, s.status, a.industry, a.region, a.plan, s.score, s.band, s.band_since,
      s.health_change, s.trend, s.score_ring, s.tier, s.stage, s.stage_since, s.arr_minor, s.seats, s.renewal_date,
      s.customer_since, a.leaves_on, a.tags, s.signals[1], s.signals[4], c.full_name AS csm, m.full_name AS am
    FROM steward.account_state s JOIN steward.account a ON a.id = s.account_id
      LEFT JOIN steward.app_user c ON c.id = a.csm_user_id LEFT JOIN steward.app_user m ON m.id = a.am_user_id
    WHERE ${where} ORDER BY ${order} LIMIT 100 OFFSET ${query.offset ?? 0}`;
}

async function proveSame(list: List, pool: pg.Pool, question: Question): Promise<void> {
  const ours = await list(question.query);
  const { rows: bare } = await pool.query<{ id: string }>(bareSql(question));
  const same =
    ours.length === 100 && JSON.stringify(ours.map(({ id }) => id)) === JSON.stringify(bare.map(({ id }) => id));
  proves(`${question.name}: the same 100 accounts in the same order`, same);
}

async function ended(child: ReturnType<Processes['command']>): Promise<void> {
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`The refresh ended with ${code}`);
}

sayMachine();
await withDatabase(options.database, main);
