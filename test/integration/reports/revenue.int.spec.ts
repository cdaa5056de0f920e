import { REVENUE_PARTS } from '@steward/shared/revenue-report';
import { UnitOfWork } from '../../../apps/api/src/db/unit-of-work.js';
import { monthOfIso } from '../../../apps/api/src/domain/reports/period.js';
import { isInPart } from '../../../apps/api/src/domain/reports/revenue-part.js';
import { Scope } from '../../../apps/api/src/platform/auth/scope.js';
import { MonthSumsRepository } from '../../../apps/api/src/reports/base/month-sums.repository.js';
import { ReportPages } from '../../../apps/api/src/reports/base/report-pages.service.js';
import { ENDS, partSql } from '../../../apps/api/src/reports/revenue/revenue-accounts.repository.js';
import { LAST_CLOSED, MID_MONTH, MonthsWorld } from './months-world.js';

let world: MonthsWorld;
beforeAll(async () => {
  world = await MonthsWorld.make();
});
afterAll(() => world.close());

/** MRR of each account on a day, in plain SQL. */
const MRR = (day: string) => `SELECT a.id, CASE
    WHEN EXISTS (SELECT 1 FROM steward.subscription b WHERE b.account_id = a.id)
    THEN (SELECT coalesce(sum(b.mrr_minor), 0) FROM steward.subscription b
      WHERE b.account_id = a.id AND b.starts_on <= '${day}' AND coalesce(b.ends_on, 'infinity') >= '${day}')
    ELSE (SELECT CASE WHEN s.status = 'customer' THEN s.mrr_minor ELSE 0 END FROM steward.account_snapshot s
      WHERE s.account_id = a.id AND s.day = '${day}') END AS mrr FROM steward.account a`;

async function plain(start: string, end: string, group = 'NULL::text', joins = ''): Promise<Map<string | null, any>> {
  const rows = await world.query(
    `SELECT ${group} AS key, sum(b.mrr)::bigint AS start, sum(least(b.mrr, e.mrr))::bigint AS kept,
       sum(e.mrr)::bigint AS "end", count(*)::int AS accounts, count(*) FILTER (WHERE e.mrr = 0)::int AS lost
     FROM (${MRR(start)}) b JOIN (${MRR(end)}) e ON e.id = b.id JOIN steward.account a ON a.id = b.id ${joins}
     WHERE b.mrr > 0 GROUP BY 1`,
  );
  return new Map(rows.map((row) => [row.key, row]));
}

function expectRetention(retention: any, row: any) {
  expect(retention).toMatchObject({
    accounts: row?.accounts ?? 0,
    startMinor: row?.start ?? 0,
    keptMinor: row?.kept ?? 0,
    endMinor: row?.end ?? 0,
    lostAccounts: row?.lost ?? 0,
  });
}

describe('revenue', () => {
  it('reconciles in every month, for everybody’s accounts and for one person’s', async () => {
    for (const as of [world.admin, world.manager, world.csms[0]!.caller]) {
      const { period } = await world.get('revenue?from=2025-02&to=2026-04', as);
      expect(period.months).toHaveLength(15);
      period.months.forEach((month: any, index: number) => {
        const moved = Object.values<any>(month.movements).reduce((sum, { amountMinor }) => sum + amountMinor, 0);
        expect(month.startMinor + moved).toBe(month.endMinor);
        if (index > 0) expect(month.startMinor - month.revaluationMinor).toBe(period.months[index - 1].endMinor);
      });
    }
  });

  it.each([
    ['the twelve months', 'from=2025-05&to=2026-04', '2025-04-30', LAST_CLOSED],
    ['one month', 'from=2026-03&to=2026-03', '2026-02-28', '2026-03-31'],
    ['five months', 'from=2025-11&to=2026-03', '2025-10-31', '2026-03-31'],
    ['the months up to a day', `from=2025-12&to=2026-02&asOf=${MID_MONTH}`, '2025-11-30', MID_MONTH],
    ['twelve months up to a day', `from=2025-03&to=2026-02&asOf=${MID_MONTH}`, '2025-02-28', MID_MONTH],
  ])('of %s keeps what plain SQL says, by whatever it is grouped', async (_, query, start, end) => {
    const whole = await world.get(`revenue?${query}&by=whole`);
    expect(whole.period.toDay).toBe(end);
    expectRetention(whole.period.retention, (await plain(start, end)).get(null));
    const groups: Record<string, [string, string]> = {
      'by=csm': ['a.csm_user_id::text', ''],
      'by=tier': ['s.tier', `JOIN steward.account_snapshot s ON s.account_id = a.id AND s.day = '${start}'`],
      'by=tier&tierMode=now': ['n.tier', 'JOIN steward.account_state n ON n.account_id = a.id'],
      'by=region': ['a.region', ''],
      'by=plan&region=North': ['a.plan', ''],
      'by=segment': ['g.segment_id::text', 'JOIN steward.segment_member g ON g.account_id = a.id'],
    };
    for (const [asked, [group, joins]] of Object.entries(groups)) {
      const { rows } = await world.get(`revenue?${query}&${asked}`);
      const found = await plain(
        start,
        end,
        group,
        `${joins} ${asked.includes('North') ? `AND a.region = 'North'` : ''}`,
      );
      expect(rows.map(({ key }: any) => key).sort()).toEqual([...found.keys()].sort());
      for (const { key, retention } of rows) expectRetention(retention, found.get(key));
    }
  });

  it('opens the accounts behind each figure', async () => {
    const { period, rows } = await world.get('revenue?from=2025-05&to=2026-04&by=tier');
    const count = async (query: string) => (await world.get(`revenue/accounts?${query}`)).accounts;
    const base = 'from=2025-05&to=2026-04&month=2026-04';
    expect(await count(`${base}&part=lost`)).toBe(period.retention.lostAccounts);
    for (const { key, retention } of rows) {
      expect(await count(`${base}&by=tier&key=${key ?? ''}`)).toBe(retention.accounts);
    }
    for (const month of period.months) {
      for (const [movement, { accounts }] of Object.entries<any>(month.movements)) {
        expect(await count(`month=${month.month}&span=month&part=${movement}`)).toBe(accounts);
      }
    }
    const exact = 'from=2025-11&to=2026-03';
    for (const as of [world.admin, world.csms[0]!.caller]) {
      const { rows: segments } = await world.get(`revenue?${exact}&by=segment`, as);
      expect(segments.length).toBeGreaterThan(0);
      for (const { key, retention } of segments) {
        const found = await world.get(`revenue/accounts?${exact}&month=2026-03&part=start&by=segment&key=${key}`, as);
        expect(found.accounts).toBe(retention.accounts);
      }
    }
    const list = await world.get(`revenue/accounts?from=2025-11&to=2026-03&month=2026-03&part=start&limit=200`);
    expect(list.rows.reduce((sum: number, row: any) => sum + row.startMinor, 0)).toBe(list.startMinor);
    const parts = await Promise.all(
      ['lost', 'shrunk', 'same', 'grown'].map((part) => count(`from=2025-11&to=2026-03&month=2026-03&part=${part}`)),
    );
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(list.accounts);
  });

  it('has the same parts in SQL as in the domain', async () => {
    const parts = [...REVENUE_PARTS];
    for (const span of ['month', 'year'] as const) {
      const { start, end } = ENDS[span];
      const rows = await world.query(
        `SELECT ${start} AS "startMinor", ${end} AS "endMinor", m.movement,
           ARRAY[${parts.map((part) => `coalesce(${partSql(part, ENDS[span])}, FALSE)`).join(', ')}] AS "isIn"
         FROM steward.account_month m`,
      );
      expect(rows.length).toBeGreaterThan(500);
      for (const { isIn, ...row } of rows) expect(parts.map((part) => isInPart(part, row))).toEqual(isIn);
    }
  });

  it('gives the same sums from whatever they are read', async () => {
    const pages = world.server.app.get(ReportPages, { strict: false });
    const sums = world.server.app.get(MonthSumsRepository, { strict: false });
    const principal = { kind: 'api_key', id: 'x', name: 'x', scopes: [], scope: Scope.system('spec') } as never;
    const period = { from: monthOfIso('2025-01'), to: monthOfIso('2026-04') };
    await world.server.app.get(UnitOfWork, { strict: false }).run(async (tx) => {
      for (const filters of [{}, { tierMode: 'now' }, { tier: ['T2', 'none'] }, { tier: ['T1'], tierMode: 'now' }]) {
        const page = await pages.page(tx, principal, { tierMode: 'then', ownerMode: 'now', ...filters } as never);
        for (const basis of ['level', 'month', 'year'] as const) {
          const from = (source: any) => sums.sums(tx, page, { basis, period, by: 'tier', source });
          const accounts = await from('accounts');
          expect(accounts.length).toBeGreaterThan(0);
          expect(await from('stage')).toEqual(accounts);
          expect(await from('market')).toEqual(accounts);
        }
      }
    });
  });

  it('says nothing of nobody: no cohort, no retention', async () => {
    const { period, rows } = await world.get('revenue?region=Nowhere');
    expect(period.retention).toMatchObject({ accounts: 0, grossRetention: null, netRetention: null, logoChurn: null });
    expect(rows).toEqual([]);
    const { period: old } = await world.get('revenue?from=2023-01&to=2023-12');
    expect(old.months.every(({ built }: any) => !built)).toBe(true);
    expect(old.retention.grossRetention).toBeNull();
  });

  it('compares two periods and is taken along as a file', async () => {
    const report = await world.get('revenue?from=2026-01&to=2026-03&compare=before');
    expect(report.compared).toMatchObject({ from: '2025-10', to: '2025-12' });
    const own = await world.get('revenue?from=2025-10&to=2025-12');
    expect(report.compared.retention).toEqual(own.period.retention);
    const file = await world.admin.get('/api/v1/reports/revenue/export?from=2026-01&to=2026-03');
    expect(file.body.trim().split('\r\n')).toHaveLength(4);
    const table = await world.admin.get('/api/v1/reports/revenue/export?table=rows&by=region&from=2026-03&to=2026-03');
    expect(table.body).toContain('By region');
  });
});
