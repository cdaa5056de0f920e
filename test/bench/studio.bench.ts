import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { promisify } from 'node:util';
import { Partitions } from '@steward/api/db/partitions';
import { UnitOfWork } from '@steward/api/db/unit-of-work';
import type { Principal } from '@steward/api/platform/auth/principal';
import { systemActor } from '@steward/api/platform/auth/principal';
import { scopeOf } from '@steward/api/platform/auth/scope';
import { keepHeapSmall } from '@steward/api/platform/process';
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
import { forgetPeak, peakMemoryMb } from './support/processes.js';
import { processorSeconds, serverSeconds } from './support/processor-time.js';
import { Product } from './support/product.js';

/**
 * The health studio over 100,000 accounts: what a draft would change today, a backtest of twelve month-ends and suggested
 * weights. Values stand in the tables as nights would have left them; what makes them is measured elsewhere.
 */
const options = optionsOf({ accounts: 100_000, months: 16, rounds: 5 }, { accounts: 10_000, rounds: 3 });
const TODAY = new Date().toISOString().slice(0, 10);
const MONTHS = 12;
/** Names the trial that a process of this bench is to do, and nothing else. */
const TRIAL = 'STUDIO_BENCH_TRIAL';

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
    const backtest = await timed(product, person, url, 'backtest', profile);
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
    say(`  ${resources(backtest)}`);
    const spentByWeights = await spending(pool);
    const weights = await timed(product, person, url, 'weights', profile);
    say(`suggested weights from ${weights.run.progress.of - 1} month-ends: ${weights.took.toFixed(1)} s`);
    say(`  processor time: ${await spentByWeights(1)}`);
    say(`  ${resources(weights)}`);
    say(`  ${weights.run.weights?.verdict.sentence}`);
    verdict('a draft, p95', quantile(times, 0.95), { most: 3 }, 's');
    verdict('a backtest of 12 month-ends', backtest.took, { most: 60 }, 's');
    const peaks = [backtest, weights].map(({ peakMb }) => peakMb ?? 0);
    verdict('most memory of a process during trials', Math.max(...peaks), { most: 300 }, 'MB');
    verdict('longest wait of others', Math.max(backtest.longestMs, weights.longestMs), { most: 250 }, 'ms');
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
  return { kind: 'user', user: rows[0], sessionHash: Buffer.alloc(0), scope, standsInForIds: [] };
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

interface Resources {
  took: number;
  /** Processor time of the process. */
  processorSeconds: number;
  startMb: number;
  /** Null: this system does not tell. */
  peakMb: number | null;
  /** For so long at most the process let nobody else have their turn. */
  longestMs: number;
  /** One turn in a hundred waited as long. */
  p99Ms: number;
}
type Timed = Resources & { run: StudioRun };

const resources = ({ startMb, peakMb, longestMs, p99Ms, processorSeconds: spent }: Timed) =>
  `${startMb.toFixed(0)} MB at first, ${peakMb?.toFixed(0) ?? 'unknown'} MB at most; others wait ${longestMs.toFixed(0)} ms at most, ${p99Ms.toFixed(0)} ms in one turn of a hundred; processor time of the process ${spent.toFixed(1)} s`;

/** Orders a trial and has it done by a process of its own, so that nothing else is in its memory. */
async function timed(
  product: Product,
  person: Person,
  url: string,
  kind: StudioRunKind,
  profile: StudioRun['profile'],
): Promise<Timed> {
  const config = { outcome: 'churn', horizonDays: 90, from: null, to: null, accounts: 'all' } as const;
  const runs = product.get(RunsService);
  const { id } = await runs.order(person, { kind, profile, config });
  const env = { ...process.env, [TRIAL]: id, DATABASE_URL: url };
  const [program] = process.argv.slice(1);
  const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, program ?? ''], { env });
  const run = await runs.get(person, id);
  if (run.state !== 'done') throw new Error(`The trial is ${run.state}: ${run.problem}`);
  return { ...(JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Resources), run };
}

/** Does a trial as a worker does, and tells what it took. */
async function doTrial(id: string): Promise<void> {
  keepHeapSmall();
  const product = await Product.open(process.env.DATABASE_URL ?? '');
  product.setDay(TODAY);
  global.gc?.();
  forgetPeak();
  const startMb = process.memoryUsage.rss() / 2 ** 20;
  const spent = process.cpuUsage();
  const delays = monitorEventLoopDelay({ resolution: 5 });
  delays.enable();
  const took = await seconds(() => product.get(HistoryWorker).work(id));
  delays.disable();
  const { user, system } = process.cpuUsage(spent);
  const told: Resources = {
    took,
    processorSeconds: (user + system) / 1e6,
    startMb,
    peakMb: peakMemoryMb(process),
    longestMs: delays.max / 1e6,
    p99Ms: delays.percentile(99) / 1e6,
  };
  process.stdout.write(`${JSON.stringify(told)}\n`);
  await product.close();
}

const trial = process.env[TRIAL];
if (trial === undefined) {
  sayMachine();
  await withDatabase(options.database, main);
} else {
  await doTrial(trial);
}
