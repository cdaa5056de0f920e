import fc from 'fast-check';
import { UnitOfWork } from '../../../apps/api/src/db/unit-of-work.js';
import { monthOfIso } from '../../../apps/api/src/domain/reports/period.js';
import { scopeOf } from '../../../apps/api/src/platform/auth/scope.js';
import { MonthSumsRepository } from '../../../apps/api/src/reports/base/month-sums.repository.js';
import { ReportOrders } from '../../../apps/api/src/reports/base/report-orders.service.js';
import { ReportPages } from '../../../apps/api/src/reports/base/report-pages.service.js';
import { MonthsWorld } from './months-world.js';

let world: MonthsWorld;
let accounts: string[];
beforeAll(async () => {
  world = await MonthsWorld.make();
  accounts = (await world.query('SELECT id FROM steward.account ORDER BY external_id')).map(({ id }) => id);
});
afterAll(() => world.close());

const PERIOD = { from: monthOfIso('2025-01'), to: monthOfIso('2026-04') };
const get = <Service>(type: new (...args: any[]) => Service) => world.server.app.get(type, { strict: false });

/** Readers by how much they see. */
function readers(): [string, any][] {
  const [first, second, third] = world.csms.map(({ id }) => id) as [string, string, string];
  const person = (role: 'admin' | 'manager' | 'csm', id: string, teamIds: string[]) => ({
    kind: 'user',
    user: { id, role },
    scope: scopeOf({ id, role, teamIds, standsInForIds: [] }, { everyoneSeesAll: false }),
    standsInForIds: [],
  });
  return [
    ['admin', person('admin', third, [])],
    ['manager', person('manager', '00000000-0000-4000-8000-000000000001', [first, second])],
    ['csm', person('csm', first, [])],
  ];
}

/** What pages ask for, beside whose accounts it is about. */
function questions(): object[] {
  const [first, second] = world.csms.map(({ id }) => id);
  return [
    ...[{}, { tierMode: 'now' }, { tier: ['T2', 'none'] }, { tier: ['T1'], tierMode: 'now' }],
    ...[{ owner: second }, { owner: first, ownerMode: 'then' }, { ownerMode: 'then', tierMode: 'now' }],
  ];
}

/** Every answer that sums by owner can give is that of the rows of accounts. */
async function expectSumsLikeRows(asked: readonly object[]): Promise<void> {
  await get(UnitOfWork).run(async (tx) => {
    for (const [who, principal] of readers()) {
      for (const filters of asked) {
        const page = await get(ReportPages).page(tx, principal, {
          tierMode: 'then',
          ownerMode: 'now',
          ...filters,
        } as any);
        for (const basis of ['level', 'month', 'year'] as const) {
          for (const by of ['tier', 'csm', 'am', 'whole'] as const) {
            const from = (source: 'owners' | 'accounts') =>
              get(MonthSumsRepository).sums(tx, page, { basis, period: PERIOD, by, source });
            const rows = await from('accounts');
            expect({ who, filters, basis, by, sums: await from('owners') }).toEqual({
              who,
              filters,
              basis,
              by,
              sums: rows,
            });
          }
        }
      }
    }
  });
}

async function plainCohorts(visible: string, key: string): Promise<Map<string | null, any>> {
  const rows = await world.query(
    `SELECT ${key} AS key, count(*)::int AS accounts, sum(m.year_start_minor)::bigint AS "startMinor",
       sum(m.year_end_minor)::bigint AS "endMinor"
     FROM steward.account_month m JOIN steward.account a ON a.id = m.account_id
     WHERE m.month = '2026-04-01' AND m.year_start_minor > 0 AND ${visible} GROUP BY 1`,
  );
  return new Map(rows.map(({ key: of, ...row }) => [of, row]));
}

describe('sums by owner', () => {
  it('answer as the rows of accounts do, whoever came to own what since they were made', async () => {
    const owner = fc.integer({ min: -1, max: 2 });
    const change = fc.record({ account: fc.nat(59), csm: owner, am: owner });
    const night = fc.constantFrom('none', 'none', 'build', 'late');
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 12 }), night, fc.nat(6), async (changes, then, question) => {
        for (const { account, csm, am } of changes) {
          await world.query('UPDATE steward.account SET csm_user_id = $2, am_user_id = $3 WHERE id = $1', [
            ...[accounts[account], world.csms[csm]?.id ?? null, world.csms[am]?.id ?? null],
          ]);
        }
        if (then === 'late') {
          const late = changes.map(({ account }) => ({ accountId: accounts[account]!, sinceDay: '2026-02-03' }));
          const once = late.filter((each, index) => late.findIndex((o) => o.accountId === each.accountId) === index);
          await get(UnitOfWork).run((tx) => get(ReportOrders).ofAccounts(tx, once));
        }
        if (then === 'build') {
          const [moved] = changes;
          if (moved) {
            await world.query(`UPDATE steward.account_state SET tier = 'T1' WHERE account_id = $1`, [
              accounts[moved.account],
            ]);
          }
          await get(UnitOfWork).run((tx) => get(ReportOrders).ofDays(tx, '2026-04-10', '2026-04-14'));
        }
        if (then !== 'none') await world.build.runDue();
        await expectSumsLikeRows([questions()[question]!]);
      }),
      { numRuns: 8, seed: 7 },
    );
  });

  it('stand by the tier of now as sums for those who see everything do, after a build of single accounts, too', async () => {
    const [one, other] = accounts as [string, string];
    await world.build.runDue();
    await world.query(`UPDATE steward.account_state SET tier = 'T4' WHERE account_id = ANY($1::uuid[])`, [
      [one, other],
    ]);
    await get(UnitOfWork).run((tx) => get(ReportOrders).ofAccounts(tx, [{ accountId: one, sinceDay: '2026-03-20' }]));
    const [, admin] = readers()[0]!;
    const expectAlike = () =>
      get(UnitOfWork).run(async (tx) => {
        const filters = { tierMode: 'now', ownerMode: 'now' } as any;
        const page = await get(ReportPages).page(tx, admin, filters);
        const from = (source: 'stage' | 'owners' | 'accounts') =>
          get(MonthSumsRepository).sums(tx, page, { basis: 'level', period: PERIOD, by: 'tier', source });
        const sums = await from('stage');
        expect(await from('owners')).toEqual(sums);
        expect(await from('accounts')).toEqual(sums);
        return new Set(sums.map(({ key }) => key));
      });
    await world.build.runDue();
    expect(await expectAlike()).not.toContain('T4');
    // Also when it is an older month that was made again.
    await get(UnitOfWork).run((tx) => get(ReportOrders).ofDays(tx, '2025-01-10', '2025-01-14'));
    await world.build.runDue();
    expect(await expectAlike()).toContain('T4');
  });

  it('show on pages what plain SQL says of the accounts that somebody sees today', async () => {
    const [first, second] = world.csms.map(({ id }) => id);
    await world.query('UPDATE steward.account SET csm_user_id = $1 WHERE id = ANY($2::uuid[])', [
      ...[first, accounts.slice(10, 22)],
    ]);
    const owned = (ids: string) =>
      `(a.csm_user_id IN (${ids}) OR a.am_user_id IN (${ids}) OR (a.csm_user_id IS NULL AND a.am_user_id IS NULL))`;
    const seen: [any, string][] = [
      [world.admin, 'TRUE'],
      [world.manager, owned(`'${first}', '${second}'`)],
      [world.csms[0]!.caller, owned(`'${first}'`)],
    ];
    for (const [as, visible] of seen) {
      for (const [by, key] of [
        ['csm', 'a.csm_user_id::text'],
        ['am', 'a.am_user_id::text'],
        ['tier', 'm.year_tier'],
        ['csm&ownerMode=then', 'm.csm_user_id::text'],
      ] as const) {
        const { rows } = await world.get(`revenue?from=2025-05&to=2026-04&by=${by}`, as);
        const plain = await plainCohorts(visible, key);
        expect(new Set(rows.map((row: any) => row.key))).toEqual(new Set(plain.keys()));
        for (const row of rows) expect(row.retention).toMatchObject(plain.get(row.key));
      }
      const { rows } = await world.get('tiers/features?to=2026-03', as);
      const [used] = await world.query(
        `SELECT count(*)::int AS accounts FROM steward.account_month m JOIN steward.account a ON a.id = m.account_id
           JOIN steward.usage_feature_month u ON u.account_id = m.account_id AND u.month = m.month AND u.days <> 0
         WHERE m.month = '2026-03-01' AND m.status IN ('trial', 'customer') AND ${visible}`,
      );
      const sum = rows.flatMap((row: any) => row.used).reduce((total: number, { part }: any) => total + part, 0);
      expect(sum).toBe(used.accounts);
    }
  });

  it('are kept only of those who own something', async () => {
    await get(UnitOfWork).run((tx) => get(ReportOrders).ofEverything(tx));
    await world.build.runDue();
    const [row] = await world.query(
      `SELECT count(*)::int AS groups, min(rows) AS least, (SELECT count(*) FROM steward.account
         WHERE NOT summed OR csm_user_id IS DISTINCT FROM summed_csm_user_id)::int AS elsewhere FROM steward.report_owner`,
    );
    expect(row.groups).toBeGreaterThan(0);
    expect(row).toMatchObject({ elsewhere: 0 });
    expect(row.least).toBeGreaterThan(0);
    await expectSumsLikeRows(questions().slice(0, 2));
  });
});
