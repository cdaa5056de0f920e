import { accountsBehind } from '@steward/shared/report-filters';
import { behindTierFigure } from '@steward/shared/tier-performance';
import { LAST_CLOSED, MID_MONTH, MonthsWorld, signalNumber, TODAY } from './months-world.js';

let world: MonthsWorld;
beforeAll(async () => {
  world = await MonthsWorld.make();
});
afterAll(() => world.close());

const LIVE = `s.status IN ('trial', 'customer')`;

/** What a chart should say of a day, by tier, in plain SQL over what was stored of that day. */
async function levels(day: string, mode: 'then' | 'now'): Promise<Map<string | null, any>> {
  const table =
    day === TODAY ? 'steward.account_state' : `(SELECT * FROM steward.account_snapshot WHERE day = '${day}')`;
  const tier = mode === 'now' ? 'n.tier' : 's.tier';
  const month = `${day.slice(0, 7)}-01`;
  const contacts = `s.signals[${signalNumber('usage.active_contacts')}]`;
  const breadth = `s.signals[${signalNumber('adoption.breadth')}]`;
  const lag = `s.signals[${signalNumber('relationship.touch_lag')}]`;
  const rows = await world.query(
    `SELECT ${tier} AS tier, count(*) FILTER (WHERE ${LIVE})::int AS accounts,
       count(*) FILTER (WHERE s.status = 'customer')::int AS customers,
       (sum(s.arr_minor) FILTER (WHERE ${LIVE}))::bigint AS "arrMinor",
       round(avg(s.score) FILTER (WHERE ${LIVE}), 2)::float8 AS "meanScore",
       count(*) FILTER (WHERE ${LIVE} AND s.band = 'at_risk')::int AS "atRisk",
       count(*) FILTER (WHERE ${LIVE} AND s.band = 'healthy')::int AS healthy,
       round((sum(${contacts}) FILTER (WHERE ${LIVE} AND ${contacts} IS NOT NULL AND s.seats > 0))::numeric * 100
         / nullif(sum(s.seats) FILTER (WHERE ${LIVE} AND ${contacts} IS NOT NULL AND s.seats > 0), 0), 2)::float8 AS "contactsPerSeat",
       round(avg(${breadth}::numeric) FILTER (WHERE ${LIVE}), 2)::float8 AS breadth,
       round(100.0 * count(*) FILTER (WHERE ${LIVE} AND ${lag} <= 1) / nullif(count(${lag}) FILTER (WHERE ${LIVE}), 0), 2)::float8 AS "touchCoverage",
       (SELECT count(*) FROM steward.alert x WHERE x.started <> 'start' AND x.opened_day BETWEEN $1::date AND $2::date
          AND x.account_id IN (SELECT i.account_id FROM ${table} i JOIN steward.account_state j USING (account_id)
            WHERE ${tier.replace('n.', 'j.').replace('s.', 'i.')} IS NOT DISTINCT FROM ${tier}))::int AS alerts,
       (SELECT count(*) FROM steward.goal x WHERE x.status = 'achieved' AND x.ended_day BETWEEN $1::date AND $2::date
          AND x.account_id IN (SELECT i.account_id FROM ${table} i JOIN steward.account_state j USING (account_id)
            WHERE ${tier.replace('n.', 'j.').replace('s.', 'i.')} IS NOT DISTINCT FROM ${tier}))::int AS achieved
     FROM ${table} s JOIN steward.account_state n ON n.account_id = s.account_id GROUP BY ${tier}`,
    [month, day],
  );
  return new Map(rows.map((row) => [row.tier, row]));
}

/** MRR of each account on a day: of its subscriptions, or its own figure where it has none. */
const MRR = (day: string) => `SELECT a.id, CASE
    WHEN EXISTS (SELECT 1 FROM steward.subscription b WHERE b.account_id = a.id)
    THEN (SELECT coalesce(sum(b.mrr_minor), 0) FROM steward.subscription b
      WHERE b.account_id = a.id AND b.starts_on <= '${day}' AND coalesce(b.ends_on, 'infinity') >= '${day}')
    ELSE (SELECT CASE WHEN s.status = 'customer' THEN s.mrr_minor ELSE 0 END FROM steward.account_snapshot s
      WHERE s.account_id = a.id AND s.day = '${day}') END AS mrr FROM steward.account a`;

/** What was kept of the MRR of the start, by the tier of the start or of now. */
async function retention(start: string, end: string, mode: 'then' | 'now'): Promise<Map<string | null, any>> {
  const tier = mode === 'now' ? 'n.tier' : 's.tier';
  const rows = await world.query(
    `SELECT ${tier} AS tier, sum(b.mrr)::bigint AS start, sum(least(b.mrr, e.mrr))::bigint AS kept,
       sum(e.mrr)::bigint AS "end", count(*)::int AS logos, count(*) FILTER (WHERE e.mrr = 0)::int AS lost
     FROM (${MRR(start)}) b JOIN (${MRR(end)}) e ON e.id = b.id
       JOIN steward.account_snapshot s ON s.account_id = b.id AND s.day = '${start}'
       JOIN steward.account_state n ON n.account_id = b.id
     WHERE b.mrr > 0 GROUP BY 1`,
  );
  return new Map(rows.map((row) => [row.tier, row]));
}

const dayBeforeYear = (day: string) => {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  return new Date(Date.UTC(year - 1, month, 0)).toISOString().slice(0, 10);
};

function expectLevel(cell: any, row: any) {
  expect(cell).toMatchObject({
    accounts: row.accounts,
    customers: row.customers,
    arrMinor: row.arrMinor,
    ratios: {
      meanScore: { value: row.meanScore },
      atRisk: { part: row.atRisk, of: row.accounts },
      healthy: { part: row.healthy, of: row.accounts },
      contactsPerSeat: { value: row.contactsPerSeat },
      touchCoverage: { value: row.touchCoverage },
      alertsPerAccount: { part: row.alerts, of: row.accounts },
      goalSuccess: { part: row.achieved },
    },
  });
  if (row.breadth === null) expect(cell.ratios.breadth.value).toBeNull();
  else expect(cell.ratios.breadth.value).toBeCloseTo(row.breadth, 1);
}

describe.each(['then', 'now'] as const)('tiers of %s', (mode) => {
  it.each([
    ['today', ''],
    ['the end of March', '&asOf=2026-03-31'],
    ['a day within February', `&asOf=${MID_MONTH}`],
  ])('as of %s are what plain SQL says', async (_, asOf) => {
    const from = asOf.includes(MID_MONTH) ? '2026-01' : '2026-01';
    const report = await world.get(`tiers?tierMode=${mode}&from=${from}&to=2026-04${asOf}`);
    const days =
      { '': ['2026-01-31', '2026-02-28', '2026-03-31', LAST_CLOSED] }[asOf] ??
      (asOf.includes(MID_MONTH) ? ['2026-01-31', MID_MONTH] : ['2026-01-31', '2026-02-28', '2026-03-31']);
    expect(report.points.map(({ day }: any) => day)).toEqual(days);
    for (const point of report.points) {
      expect(point.built).toBe(true);
      const level = await levels(point.day, mode);
      const kept = await retention(dayBeforeYear(point.day), point.day, mode);
      for (const cell of point.tiers) {
        const row = level.get(cell.tier);
        if (row) expectLevel(cell, row);
        else expect(cell).toMatchObject({ accounts: 0, arrMinor: null, ratios: { meanScore: { value: null } } });
        const year = kept.get(cell.tier);
        expect({ tier: cell.tier, day: point.day, ...cell.ratios.grossRetention }).toMatchObject({
          part: year?.kept ?? 0,
          of: year?.start ?? 0,
        });
        expect(cell.ratios.netRetention.part).toBe(year?.end ?? 0);
        expect(cell.ratios.logoChurn).toMatchObject({ part: year?.lost ?? 0, of: year?.logos ?? 0 });
      }
      expect([...level.keys()].every((tier) => point.tiers.some((cell: any) => cell.tier === tier))).toBe(true);
      const accounts = [...level.values()].reduce((sum, row) => sum + row.accounts, 0);
      expect(point.all.accounts).toBe(accounts);
    }
  });

  it('of this very moment are told from what is computed now', async () => {
    const { point } = await world.get(`tiers/today?tierMode=${mode}`);
    expect(point.day).toBe(TODAY);
    const level = await levels(TODAY, mode);
    for (const cell of point.tiers) {
      if (level.has(cell.tier)) expectLevel(cell, level.get(cell.tier));
    }
  });

  it('use features as plain SQL says', async () => {
    const report = await world.get(`tiers/features?tierMode=${mode}&to=2026-03`);
    expect(report).toMatchObject({ month: '2026-03', day: '2026-03-31', built: true });
    const tier = mode === 'now' ? 'n.tier' : 's.tier';
    const rows = await world.query(
      `SELECT ${tier} AS tier, u.feature_id AS feature, count(*)::int AS accounts
       FROM steward.account_snapshot s JOIN steward.account_state n USING (account_id)
         JOIN steward.usage_feature_month u ON u.account_id = s.account_id AND u.month = '2026-03-01' AND u.days <> 0
       WHERE s.day = '2026-03-31' AND ${LIVE} GROUP BY 1, 2`,
    );
    expect(rows.length).toBeGreaterThan(4);
    const ids = await world.query('SELECT id, key FROM steward.feature');
    const idOf = (key: string) => ids.find((each) => each.key === key)!.id;
    for (const row of report.rows) {
      report.features.forEach(({ key }: any, index: number) => {
        const found = rows.find((each) => each.tier === row.tier && each.feature === idOf(key));
        expect(row.used[index]).toMatchObject({ part: found?.accounts ?? 0, of: row.accounts });
      });
    }
  });

  it('open exactly the accounts that a figure counts', async () => {
    const filters = { tierMode: mode, ownerMode: 'now' as const, segment: world.segment };
    const query = `tiers?tierMode=${mode}&segment=${world.segment}&from=2026-01`;
    const { points } = await world.get(query);
    const figures = ['accounts', 'customers', 'atRisk', 'unknown', 'contactsPerSeat', 'touchCoverage'] as const;
    for (const point of points) {
      for (const cell of [...point.tiers.slice(0, 3), null]) {
        const tier = cell === null ? {} : { tier: cell.tier };
        const place = { filters, day: point.day, live: false, month: point.month, ...tier };
        const { accounts, customers, ratios } = cell ?? point.all;
        for (const figure of figures) {
          const behind = behindTierFigure(place, figure);
          if (behind.kind !== 'accounts') throw new Error('no list of accounts');
          const { body } = await world.admin.post('/api/v1/accounts/count', { rule: behind.rule, asOf: behind.asOf });
          const expected = { accounts, customers, atRisk: ratios.atRisk.part, unknown: ratios.unknown.part };
          if (figure in expected) expect(body.accounts).toBe(expected[figure as keyof typeof expected]);
          if (figure === 'touchCoverage') expect(body.accounts).toBe(ratios.touchCoverage.of);
        }
      }
    }
    const live = await world.get(`tiers/today?tierMode=${mode}&segment=${world.segment}`);
    const behind = accountsBehind({ filters, day: TODAY, live: true, tier: 'T2' });
    if (behind.kind !== 'accounts') throw new Error('no list of accounts');
    const { body } = await world.admin.post('/api/v1/accounts/count', { rule: behind.rule, asOf: behind.asOf });
    expect(body.accounts).toBe(live.point.tiers.find(({ tier }: any) => tier === 'T2').accounts);
  });
});

describe('a reader', () => {
  it('sees figures of their own book, a manager those of the team, and nobody more', async () => {
    const owned = async (ids: string[]) => {
      const [row] = await world.query(
        `SELECT count(*)::int AS accounts FROM steward.account_snapshot s JOIN steward.account a ON a.id = s.account_id
         WHERE s.day = '2026-03-31' AND ${LIVE} AND (a.csm_user_id = ANY($1::uuid[])
           OR (a.csm_user_id IS NULL AND a.am_user_id IS NULL))`,
        [ids],
      );
      return row.accounts;
    };
    const counted = async (as: any) => (await world.get('tiers?to=2026-03', as)).points.at(-1).all.accounts;
    const [first, second, third] = world.csms;
    expect(await counted(first!.caller)).toBe(await owned([first!.id]));
    expect(await counted(third!.caller)).toBe(await owned([third!.id]));
    expect(await counted(world.manager)).toBe(await owned([first!.id, second!.id]));
    expect(await counted(world.admin)).toBeGreaterThan(await counted(world.manager));
  });

  it('loses sight of an account at once, not with the next night', async () => {
    const [first] = world.csms;
    const before = (await world.get('tiers?to=2026-03', first!.caller)).points.at(-1).all.accounts;
    const [account] = await world.query(
      `SELECT a.id FROM steward.account a JOIN steward.account_snapshot s ON s.account_id = a.id AND s.day = '2026-03-31'
       WHERE a.csm_user_id = $1 AND a.am_user_id IS NULL AND ${LIVE} LIMIT 1`,
      [first!.id],
    );
    await world.query('UPDATE steward.account SET csm_user_id = $2 WHERE id = $1', [account.id, world.csms[2]!.id]);
    expect((await world.get('tiers?to=2026-03', first!.caller)).points.at(-1).all.accounts).toBe(before - 1);
    await world.query('UPDATE steward.account SET csm_user_id = $2 WHERE id = $1', [account.id, first!.id]);
  });
});

describe('a segment as a filter', () => {
  it('means its members of today on every page, also of days before they were in', async () => {
    const [{ accounts }] = await world.query(
      `SELECT count(*)::int AS accounts FROM steward.account_snapshot s JOIN steward.segment_member g
         ON g.account_id = s.account_id AND g.segment_id = $1 WHERE s.day = '2026-03-31' AND ${LIVE}`,
      [world.segment],
    );
    expect(accounts).toBeGreaterThan(0);
    const asked = `segment=${world.segment}&asOf=2026-03-31`;
    expect((await world.get(`tiers?${asked}`)).points.at(-1).all.accounts).toBe(accounts);
    expect((await world.get(`portfolio?${asked}`)).total.accounts).toBe(accounts);
  });
});

describe('the page', () => {
  it('compares with the months before and with the year before', async () => {
    const before = await world.get('tiers?from=2026-02&to=2026-03&compare=before');
    expect(before.compared.points.map(({ month }: any) => month)).toEqual(['2025-12', '2026-01']);
    const own = await world.get('tiers?from=2025-12&to=2026-01');
    expect(before.compared.points).toEqual(own.points);
    const year = await world.get('tiers?from=2026-02&to=2026-03&compare=yearBefore');
    expect(year.compared).toMatchObject({ from: '2025-02', to: '2025-03' });
  });

  it('shows tiers without accounts with nothing in them, and no figure of nothing', async () => {
    const { points } = await world.get('tiers?from=2026-03&to=2026-03');
    const empty = points[0].tiers.find(({ tier }: any) => tier === 'T4');
    expect(empty).toMatchObject({ accounts: 0, arrMinor: null });
    expect(Object.values<any>(empty.ratios).every(({ value }) => value === null)).toBe(true);
  });

  it('says which months are not put down', async () => {
    const { points, preparing } = await world.get('tiers?from=2024-11&to=2025-01');
    expect(points.map(({ built }: any) => built)).toEqual([false, false, true]);
    expect(points[0].all).toMatchObject({ accounts: 0, ratios: { grossRetention: { value: null } } });
    expect(preparing).toBe(false);
  });

  it('refuses months in reverse, days to come, and times of which nobody knows anything', async () => {
    const reverse = await world.admin.get('/api/v1/reports/tiers?from=2026-03&to=2026-01');
    expect(reverse.status).toBe(400);
    const ahead = await world.admin.get('/api/v1/reports/tiers?asOf=2027-01-01');
    expect(ahead).toMatchObject({ status: 400, body: { code: 'AS_OF_IN_FUTURE' } });
    for (const early of ['asOf=1900-01-01', 'asOf=0001-01-01', 'from=1900-01&to=1900-01&compare=before']) {
      for (const page of ['tiers', 'revenue', 'portfolio', 'lifecycle']) {
        const { status } = await world.admin.get(`/api/v1/reports/${page}?${early}`);
        expect([page, early, status]).toEqual([page, early, 400]);
      }
    }
  });

  it('is taken along as a file', async () => {
    const { status, body, headers } = await world.admin.get('/api/v1/reports/tiers/export?from=2026-03&to=2026-03');
    expect(status).toBe(200);
    expect(headers.get('content-disposition')).toContain('tiers-2026-03-2026-03.csv');
    const [header, ...lines] = body.trim().split('\r\n');
    expect(header).toContain('Month,Day,Tier,Accounts');
    expect(lines.at(-1)).toMatch(/^2026-03,2026-03-31,All,\d+/);
    expect((await world.admin.get('/api/v1/reports/tiers/features/export?to=2026-03')).body).toContain('reports %');
  });

  it('offers what its filters can be set to', async () => {
    const options = await world.get('options');
    expect(options.regions.map(({ value }: any) => value).sort()).toEqual(['North', 'South']);
    expect(options.segments).toContainEqual({ id: world.segment, name: 'Chosen' });
    expect(options.owners.length).toBe(4);
  });
});
