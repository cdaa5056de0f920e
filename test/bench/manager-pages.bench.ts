import { readFileSync } from 'node:fs';
import { Partitions } from '@steward/api/db/partitions';
import { UnitOfWork } from '@steward/api/db/unit-of-work';
import type { Month } from '@steward/api/domain/calendar/day';
import type { Principal } from '@steward/api/platform/auth/principal';
import { scopeOf } from '@steward/api/platform/auth/scope';
import { RollupRepository } from '@steward/api/reports/base/rollup.repository';
import { LifecycleReportService } from '@steward/api/reports/lifecycle/lifecycle-report.service';
import { PortfolioService } from '@steward/api/reports/portfolio/portfolio.service';
import { RevenueReports } from '@steward/api/reports/revenue/revenue.service';
import { FeaturesReport } from '@steward/api/reports/tiers/features.service';
import { TiersReport } from '@steward/api/reports/tiers/tiers.service';
import type { Role } from '@steward/shared/common';
import { lifecycleQuerySchema } from '@steward/shared/lifecycle-report';
import { portfolioQuerySchema } from '@steward/shared/portfolio';
import { reportFiltersSchema } from '@steward/shared/report-filters';
import { revenueQuerySchema } from '@steward/shared/revenue-report';
import type pg from 'pg';
import { type BenchDatabase, withDatabase } from './support/database.js';
import { proves, quantile, say, sayMachine, seconds, verdict } from './support/measure.js';
import { optionsOf } from './support/options.js';
import { Product } from './support/product.js';

/**
 * The first data of each page of managers, of an admin, a manager of ten CSMs (a twenty-fifth of the accounts) and a CSM, over the accounts'
 * month-ends of a year; and how that grows from a quarter of the accounts to all.
 */
const options = optionsOf({ accounts: 100_000, rounds: 40 }, { accounts: 8_000, rounds: 10 });
const TODAY = new Date().toISOString().slice(0, 10);
const MOST_MS = 100;

interface Page {
  name: string;
  ask: () => Promise<unknown>;
}

async function measured(accounts: number, database: string | null): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>();
  await withDatabase(
    database === null ? null : `${database}_${accounts}`,
    async ({ url, pool, fill }: BenchDatabase) => {
      const product = await Product.open(url);
      try {
        product.setDay(TODAY);
        const text = readFileSync(new URL('../bench/sql/make-manager-months.sql', import.meta.url), 'utf8');
        await fill(async () => {
          await product.get(Partitions).ensure(['usage_feature_month'], `${TODAY.slice(0, 7)}-01`, TODAY);
          await pool.query(text.replaceAll('{accounts}', String(accounts)));
          await pool.query('VACUUM ANALYZE');
          say(`sums of ${accounts} accounts: ${(await seconds(() => sumUp(product, pool))).toFixed(1)} s`);
        });
        const pages = pagesOf(product, await peopleOf(pool));
        await prove(product, pool);
        for (const { name, ask } of pages) {
          await ask();
          times.set(name, []);
        }
        for (let round = 0; round < options.rounds; round += 1) {
          for (const { name, ask } of pages) times.get(name)?.push(1000 * (await seconds(ask)));
        }
      } finally {
        await product.close();
      }
    },
  );
  return times;
}

async function sumUp(product: Product, pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ month: Month }>(
    `SELECT DISTINCT ((extract(year FROM month) - 1970) * 12 + extract(month FROM month) - 1)::int AS month
     FROM steward.account_month ORDER BY 1`,
  );
  const rollup = product.get(RollupRepository);
  for (const { month } of rows) await product.get(UnitOfWork).run((tx) => rollup.rebuild(tx, month));
}

/** The page's figures are those of the rows. */
async function prove(product: Product, pool: pg.Pool): Promise<void> {
  const report = await product.get(TiersReport).performance(person('', 'admin', []), reportFiltersSchema.parse({}));
  const { rows } = await pool.query<{ accounts: number; arr: string }>(
    `SELECT count(*)::int AS accounts, sum(arr_minor) AS arr FROM steward.account_month
     WHERE month = (SELECT max(month) FROM steward.account_month) AND status IN ('trial', 'customer')`,
  );
  const last = report.points.filter(({ built }) => built).at(-1)?.all;
  proves(`${rows[0]?.accounts} live accounts`, last?.accounts === rows[0]?.accounts);
  proves('their ARR', last?.arrMinor === Number(rows[0]?.arr));
}

function person(id: string, role: Role, teamIds: string[]): Principal {
  const scope = scopeOf({ id, role, teamIds, standsInForIds: [] }, { everyoneSeesAll: false });
  const user = { id: id || '00000000-0000-4000-8000-000000000000', email: '', fullName: '', role };
  return { kind: 'user', user, sessionHash: Buffer.alloc(0), scope };
}

async function peopleOf(pool: pg.Pool): Promise<Record<'admin' | 'manager' | 'csm', Principal>> {
  const { rows } = await pool.query<{ id: string; email: string; managerId: string | null }>(
    'SELECT id, email, manager_id AS "managerId" FROM steward.app_user',
  );
  const idOf = (n: number) => rows.find(({ email }) => email === `person-${n}@steward.example`)?.id ?? '';
  const team = rows.filter(({ managerId }) => managerId === idOf(0)).map(({ id }) => id);
  return {
    admin: person('', 'admin', []),
    manager: person(idOf(0), 'manager', team),
    csm: person(idOf(25), 'csm', []),
  };
}

function pagesOf(product: Product, people: Awaited<ReturnType<typeof peopleOf>>): Page[] {
  const filters = reportFiltersSchema.parse({});
  const ofNow = reportFiltersSchema.parse({ tierMode: 'now', compare: 'before' });
  return Object.entries(people).flatMap(([who, principal]) => [
    { name: `tiers, ${who}`, ask: () => product.get(TiersReport).performance(principal, filters) },
    { name: `tiers of now, compared, ${who}`, ask: () => product.get(TiersReport).performance(principal, ofNow) },
    { name: `features by tier, ${who}`, ask: () => product.get(FeaturesReport).features(principal, filters) },
    {
      name: `revenue by tier, ${who}`,
      ask: () => product.get(RevenueReports).report(principal, revenueQuerySchema.parse({})),
    },
    {
      name: `revenue by CSM, ${who}`,
      ask: () => product.get(RevenueReports).report(principal, revenueQuerySchema.parse({ by: 'csm' })),
    },
    {
      name: `portfolio, ${who}`,
      ask: () => product.get(PortfolioService).books(principal, portfolioQuerySchema.parse({})),
    },
    {
      name: `lifecycle, ${who}`,
      ask: () => product.get(LifecycleReportService).standing(principal, lifecycleQuerySchema.parse({})),
    },
    {
      name: `tiers today (after the first data), ${who}`,
      ask: () => product.get(TiersReport).today(principal, filters),
    },
  ]);
}

sayMachine();
const few = await measured(options.accounts / 4, options.database);
const all = await measured(options.accounts, options.database);
say(`${options.rounds} rounds, ${options.accounts} accounts; milliseconds, p50 and p95`);
for (const [name, times] of all)
  say(`  ${name}: ${quantile(times, 0.5).toFixed(0)} ${quantile(times, 0.95).toFixed(0)}`);
for (const [name, times] of all) {
  if (name.startsWith('tiers today')) continue;
  verdict(`${name}, p95`, quantile(times, 0.95), { most: MOST_MS }, 'ms');
}
const total = (pages: Map<string, number[]>) =>
  [...pages.values()].reduce((sum, times) => sum + quantile(times, 0.5), 0);
verdict('four times the accounts, all pages, p50', total(all) / total(few), { most: 4 });
