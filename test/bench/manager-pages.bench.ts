import { readFileSync } from 'node:fs';
import { Partitions } from '@steward/api/db/partitions';
import type { Month } from '@steward/api/domain/calendar/day';
import type { Principal } from '@steward/api/platform/auth/principal';
import { scopeOf } from '@steward/api/platform/auth/scope';
import { ReportSums } from '@steward/api/reports/base/report-sums.service';
import { LifecycleReportService } from '@steward/api/reports/lifecycle/lifecycle-report.service';
import { OutcomesService } from '@steward/api/reports/portfolio/outcomes.service';
import { PortfolioService } from '@steward/api/reports/portfolio/portfolio.service';
import { WorkService } from '@steward/api/reports/portfolio/work.service';
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
 * month-ends of a year; and how that grows from a quarter of the accounts to all. One account in two hundred has changed
 * hands since the sums of the night. Beside it what pages show after their first data, over what people did in a year.
 */
const options = optionsOf({ accounts: 100_000, rounds: 40 }, { accounts: 8_000, rounds: 10 });
const TODAY = new Date().toISOString().slice(0, 10);
const MOST_MS = 100;
const LATER = '(after the first data)';
const MOST_LATER_MS = 1_000;

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
        const [text, work] = ['months', 'work'].map((name) =>
          readFileSync(new URL(`../bench/sql/make-manager-${name}.sql`, import.meta.url), 'utf8'),
        ) as [string, string];
        await fill(async () => {
          await product.get(Partitions).ensure(['usage_feature_month'], `${TODAY.slice(0, 7)}-01`, TODAY);
          await pool.query(text.replaceAll('{accounts}', String(accounts)));
          await pool.query('VACUUM ANALYZE');
          await pool.query(work.replaceAll('{accounts}', String(accounts)));
          await pool.query('VACUUM ANALYZE');
          await sumUp(product, pool, 'first');
          await pool.query(changesOfDay(1));
          await sumUp(product, pool, 'nightly');
          await pool.query(changesOfDay(2));
        });
        const people = await peopleOf(pool);
        const pages = pagesOf(product, people);
        await prove(product, pool, people.manager);
        for (const { name, ask } of pages) {
          await ask();
          times.set(name, []);
        }
        for (let round = 0; round < options.rounds; round += 1) {
          for (const { name, ask } of pages) {
            // What comes after the first data is told beside it, from fewer rounds.
            if (name.includes(LATER) && round % 8 > 0) continue;
            times.get(name)?.push(1000 * (await seconds(ask)));
          }
        }
      } finally {
        await product.close();
      }
    },
  );
  return times;
}

/** Accounts that go to the next person, and tiers that change. */
const changesOfDay = (day: number) => `
  UPDATE steward.account SET csm_user_id = md5('person' || 25 + (substr(external_id, 3)::int + ${day}) % 250)::uuid
    WHERE substr(external_id, 3)::int % 200 = 7;
  UPDATE steward.account_state s SET tier = CASE s.tier WHEN 'T1' THEN 'T2' ELSE 'T1' END FROM steward.account a
    WHERE a.id = s.account_id AND substr(a.external_id, 3)::int % 100 = 9;`;

/** Sums of all months; `nightly` when those of the months before are there. */
async function sumUp(product: Product, pool: pg.Pool, which: 'first' | 'nightly'): Promise<void> {
  const { rows } = await pool.query<{ month: Month }>(
    `SELECT DISTINCT ((extract(year FROM month) - 1970) * 12 + extract(month FROM month) - 1)::int AS month
     FROM steward.account_month ORDER BY 1`,
  );
  const [from, to] = [rows[0]?.month, rows.at(-1)?.month] as [Month, Month];
  const options = { touched: which === 'first' ? from : to, moveTiers: true };
  const took = await seconds(() => product.get(ReportSums).sumUp({ from, to }, options));
  say(`${which} sums of all months: ${took.toFixed(1)} s`);
}

/** The page's figures are those of the rows, for a manager by whom accounts belong to now. */
async function prove(product: Product, pool: pg.Pool, manager: Principal): Promise<void> {
  const report = await product.get(TiersReport).performance(person('', 'admin', []), reportFiltersSchema.parse({}));
  const { rows } = await pool.query<{ accounts: number; arr: string }>(
    `SELECT count(*)::int AS accounts, sum(arr_minor) AS arr FROM steward.account_month
     WHERE month = (SELECT max(month) FROM steward.account_month) AND status IN ('trial', 'customer')`,
  );
  const last = report.points.filter(({ built }) => built).at(-1)?.all;
  proves(`${rows[0]?.accounts} live accounts`, last?.accounts === rows[0]?.accounts);
  proves('their ARR', last?.arrMinor === Number(rows[0]?.arr));
  const own = await product.get(RevenueReports).report(manager, revenueQuerySchema.parse({ by: 'csm' }));
  const { rows: plain } = await pool.query<{ csm: string; start: string; end: string }>(
    `SELECT a.csm_user_id AS csm, sum(m.year_start_minor) AS start, sum(m.year_end_minor) AS end
     FROM steward.account_month m JOIN steward.account a ON a.id = m.account_id
     WHERE m.month = (SELECT max(month) FROM steward.account_month) AND m.year_start_minor > 0
       AND a.csm_user_id IN (SELECT id FROM steward.app_user WHERE manager_id = $1) GROUP BY 1`,
    [manager.kind === 'user' ? manager.user.id : null],
  );
  const isRight = plain.every(({ csm, start, end }) => {
    const found = own.rows.find(({ key }) => key === csm)?.retention;
    return found?.startMinor === Number(start) && found.endMinor === Number(end);
  });
  proves(`revenue of ${plain.length} CSMs of a manager`, isRight && plain.length === own.rows.length);
}

function person(id: string, role: Role, teamIds: string[]): Principal {
  const scope = scopeOf({ id, role, teamIds, standsInForIds: [] }, { everyoneSeesAll: false });
  const user = { id: id || '00000000-0000-4000-8000-000000000000', email: '', fullName: '', role };
  return { kind: 'user', user, sessionHash: Buffer.alloc(0), scope, standsInForIds: [] };
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
    { name: `tiers today ${LATER}, ${who}`, ask: () => product.get(TiersReport).today(principal, filters) },
    {
      name: `work ${LATER}, ${who}`,
      ask: () => product.get(WorkService).work(principal, portfolioQuerySchema.parse({})),
    },
    {
      name: `plays ${LATER}, ${who}`,
      ask: () => product.get(OutcomesService).plays(principal, portfolioQuerySchema.parse({})),
    },
    {
      name: `funnel ${LATER}, ${who}`,
      ask: () => product.get(LifecycleReportService).funnel(principal, lifecycleQuerySchema.parse({})),
    },
    {
      name: `days in stage ${LATER}, ${who}`,
      ask: () => product.get(LifecycleReportService).timeInStage(principal, lifecycleQuerySchema.parse({})),
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
  verdict(`${name}, p95`, quantile(times, 0.95), { most: name.includes(LATER) ? MOST_LATER_MS : MOST_MS }, 'ms');
}
const total = (pages: Map<string, number[]>) =>
  [...pages].reduce((sum, [name, times]) => sum + (name.includes(LATER) ? 0 : quantile(times, 0.5)), 0);
verdict('four times the accounts, all pages, p50', total(all) / total(few), { most: 4 });
