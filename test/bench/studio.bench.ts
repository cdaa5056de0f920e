import { readFileSync } from 'node:fs';
import { Partitions } from '@steward/api/db/partitions';
import { UnitOfWork } from '@steward/api/db/unit-of-work';
import type { Principal } from '@steward/api/platform/auth/principal';
import { systemActor } from '@steward/api/platform/auth/principal';
import { scopeOf } from '@steward/api/platform/auth/scope';
import { UsersService } from '@steward/api/records/users/users.service';
import { EffectService } from '@steward/api/reports/studio/effect.service';
import { HistoryWorker } from '@steward/api/reports/studio/history-worker';
import { RunsService } from '@steward/api/reports/studio/runs.service';
import { ModelService } from '@steward/api/stages/model/model.service';
import type { StudioRun, StudioRunKind } from '@steward/shared/health-studio';
import type pg from 'pg';
import { isoDay } from './support/company.js';
import { type BenchDatabase, withDatabase } from './support/database.js';
import { loadCompany } from './support/load.js';
import { proves, quantile, say, sayMachine, seconds, verdict } from './support/measure.js';
import { optionsOf } from './support/options.js';
import { processorSeconds, serverSeconds } from './support/processor-time.js';
import { Product } from './support/product.js';

/**
 * The health studio over 100,000 accounts: what a draft would change today, a backtest of twelve month-ends and suggested
 * weights. Values stand in the tables as nights would have left them; what makes them is measured elsewhere.
 */
const options = optionsOf({ accounts: 100_000, months: 16, rounds: 5 }, { accounts: 10_000, rounds: 3 });
const TODAY = new Date().toISOString().slice(0, 10);
const MONTHS = 12;

type Person = Extract<Principal, { kind: 'user' }>;

async function main({ url, pool, fill }: BenchDatabase): Promise<void> {
  const product = await Product.open(url);
  try {
    await fill(() => filled(product, pool));
    product.setDay(TODAY);
    const person = await personOf(pool);
    const model = await product.get(UnitOfWork).run((tx) => product.get(ModelService).model(tx));
    const standard = model.profiles.at(-1)!;
    const profile = { profileId: standard.profileId, position: null, body: standard.body };
    const strict = { ...profile, body: { ...standard.body, bands: { watchFrom: 50, healthyFrom: 90 } } };

    const effects = product.get(EffectService);
    const found = await effects.effect(person, { profile: strict, accountId: null });
    const moved = found.moves.reduce((sum, { accounts }) => sum + accounts, 0);
    proves(
      `${found.accounts} accounts are each in one pair of bands, ${found.changed.total} of them change`,
      moved === found.accounts && found.changed.total > 0,
    );
    const times: number[] = [];
    const spentByDrafts = await spending(pool);
    for (let round = 0; round < options.rounds; round += 1) {
      times.push(await seconds(() => effects.effect(person, { profile: strict, accountId: null })));
    }
    say(`a draft over ${found.accounts} accounts: ${times.map((time) => time.toFixed(2)).join(', ')} s`);
    say(`  processor time of one: ${await spentByDrafts(options.rounds)}`);

    const spentByBacktest = await spending(pool);
    const backtest = await timed(product, person, 'backtest', profile);
    say(`backtest of ${MONTHS} month-ends: ${backtest.took.toFixed(1)} s`);
    say(`  processor time: ${await spentByBacktest(1)}`);
    const result = backtest.run.backtest!;
    proves(
      `${result.observations} observations of ${result.months.length} month-ends, ${result.eventAccounts} accounts churned, AUC ${result.auc?.value.toFixed(3)}`,
      result.months.length === MONTHS &&
        result.observations > options.accounts * MONTHS * 0.7 &&
        result.eventAccounts > 100,
    );
    const [plain] = (
      await pool.query(
        `SELECT count(*)::int AS events FROM steward.account_snapshot s JOIN steward.account a ON a.id = s.account_id
         WHERE s.day = ANY($1::date[]) AND s.status = 'customer' AND a.churned_on > s.day AND a.churned_on <= s.day + 90`,
        [result.months.map(({ day }) => day)],
      )
    ).rows;
    proves('as many churned within the horizon as plain SQL counts', plain.events === result.events);
    const weights = await timed(product, person, 'weights', profile);
    say(`suggested weights from ${weights.run.progress.of - 1} month-ends: ${weights.took.toFixed(1)} s`);
    say(`  ${weights.run.weights?.verdict.sentence}`);
    verdict('a draft, p95', quantile(times, 0.95), { most: 3 }, 's');
    verdict('a backtest of 12 month-ends', backtest.took, { most: 60 }, 's');
  } finally {
    await product.close();
  }
}

/** A small company through intake, so that every source has delivered for long; then the others straight into the tables. */
async function filled(product: Product, pool: pg.Pool): Promise<void> {
  const lastDay = isoDay(TODAY, -900);
  await loadCompany(product, { accounts: 40, contactsPerAccount: 3, usageDays: 3, lastDay });
  await pool.query('DELETE FROM steward.dirty_account');
  product.setDay(TODAY);
  const person = { email: 'admin@steward.example', fullName: 'Admin', role: 'admin' as const, managerId: null };
  await product.get(UsersService).create(systemActor('bench'), { ...person, password: 'try the profiles' });
  await product.get(Partitions).ensure(['account_snapshot'], isoDay(TODAY, -31 * (options.months + 1)), TODAY);
  const text = readFileSync(new URL('../bench/sql/make-studio.sql', import.meta.url), 'utf8');
  const { accounts, months } = options;
  await pool.query(text.replaceAll('{accounts}', String(accounts)).replaceAll('{months}', String(months)));
}

async function personOf(pool: pg.Pool): Promise<Person> {
  const { rows } = await pool.query(`SELECT id, email, full_name AS "fullName", role FROM steward.app_user LIMIT 1`);
  const scope = scopeOf({ id: rows[0].id, role: 'admin', teamIds: [], standsInForIds: [] }, { everyoneSeesAll: false });
  return { kind: 'user', user: rows[0], sessionHash: Buffer.alloc(0), scope };
}

/** Tells what was spent since, by this process and by the database's; the ratio that counts on a busy machine. */
async function spending(pool: pg.Pool): Promise<(times: number) => Promise<string>> {
  const before = [processorSeconds(process.pid), await serverSeconds(pool)];
  return async (times) => {
    const after = [processorSeconds(process.pid), await serverSeconds(pool)];
    const [own, server] = after.map((now, side) => (((now ?? 0) - (before[side] ?? 0)) / times).toFixed(2));
    return `${own} s here, ${server} s in the database`;
  };
}

async function timed(
  product: Product,
  person: Person,
  kind: StudioRunKind,
  profile: StudioRun['profile'],
): Promise<{ run: StudioRun; took: number }> {
  const config = { outcome: 'churn', horizonDays: 90, from: null, to: null, accounts: 'all' } as const;
  const runs = product.get(RunsService);
  const { id } = await runs.order(person, { kind, profile, config });
  const took = await seconds(() => product.get(HistoryWorker).work(id));
  const run = await runs.get(person, id);
  if (run.state !== 'done') throw new Error(`The trial is ${run.state}: ${run.problem}`);
  return { run, took };
}

sayMachine();
await withDatabase(options.database, main);
