import { accountIdOf } from '../../../apps/api/src/intake/facts/account-ids.js';
import { LiveRefresh } from '../../../apps/api/src/pipeline/run/live-refresh.service.js';
import { ApiServer, type Caller } from '../../support/api-server.js';
import { insertRows } from '../../support/insert-rows.js';

let server: ApiServer;
let asCsm: Caller;
let asOther: Caller;
let admin: Caller;
let viewer: Caller;
let key: Caller;

const of = (externalId: string, rest = '') => `/api/v1/accounts/${accountIdOf(externalId)}${rest}`;

/** Facts in, and computed. */
async function deliver(kind: string, ...facts: object[]) {
  const answer = await key.post(`/api/v1/facts/${kind}`, facts);
  expect(answer.body).toMatchObject({ success: true });
}
const drain = () => server.app.get(LiveRefresh, { strict: false }).drain();

beforeAll(async () => {
  server = await ApiServer.start();
  const csm = await server.person('csm');
  const other = await server.person('csm');
  asCsm = await server.signedIn(csm);
  asOther = await server.signedIn(other);
  admin = await server.as('admin');
  viewer = await server.as('viewer');
  key = server.withKey((await server.key(['facts:write'])).secret);
  await deliver(
    'account',
    { account: 'acme', name: 'Acme', status: 'customer', csm: csm.email, noticePeriodDays: 30 },
    { account: 'late', name: 'Late', status: 'customer', csm: csm.email },
    { account: 'dated', name: 'Dated', status: 'customer', csm: csm.email, arr: 24_000, renewalDate: '2026-06-30' },
    {
      account: 'going',
      name: 'Going',
      status: 'customer',
      csm: csm.email,
      arr: 6_000,
      renewalDate: '2026-07-31',
      leavesOn: '2026-07-31',
    },
    { account: 'theirs', name: 'Theirs', status: 'customer', csm: other.email, arr: 99_000, renewalDate: '2026-05-31' },
  );
  const term = { mrr: 1_000, currency: 'USD', termMonths: 12 };
  await deliver(
    'subscription',
    { ...term, account: 'acme', id: 'a1', start: '2024-05-01', end: '2025-04-30' },
    { ...term, account: 'acme', id: 'a2', start: '2025-05-01', end: '2026-04-30', mrr: 1_500, autoRenew: false },
    { ...term, account: 'late', id: 'l1', start: '2025-04-01', end: '2026-03-31' },
  );
  await insertRows(server.dataSource, 'touchpoint', [
    {
      account_id: accountIdOf('acme'),
      id: 't1',
      kind: 'call',
      at: '2026-04-01T09:00:00Z',
      on_day: '2026-04-01',
      counts: true,
      links: [],
    },
  ]);
  await drain();
  // Without usage no health is known.
  await server.dataSource.query(`UPDATE steward.account_state SET band = 'healthy' WHERE account_id = $1`, [
    accountIdOf('acme'),
  ]);
  await server.dataSource.query(`UPDATE steward.account_state SET band = 'at_risk' WHERE account_id = $1`, [
    accountIdOf('dated'),
  ]);
});

afterAll(() => server?.close());

describe('renewals as a list', () => {
  it('puts overdue ones on top, and adds up by month and category', async () => {
    const { body } = await asCsm.get('/api/v1/renewals');
    expect(body.rows.map((row: any) => [row.account.name, row.dueOn, row.state, row.forecast.weightedMinor])).toEqual([
      ['Late', '2026-03-31', 'overdue', 840_000],
      ['Acme', '2026-04-30', 'upcoming', 1_620_000],
      ['Dated', '2026-06-30', 'upcoming', 960_000],
      ['Going', '2026-07-31', 'upcoming', 0],
    ]);
    expect(body.rows[1]).toMatchObject({
      amountMinor: 1_800_000,
      dueInDays: 15,
      noticeDeadline: '2026-03-31',
      lastTouch: { day: '2026-04-01', kind: 'call' },
      autoRenew: false,
      missingForecast: true,
      missingTouch: false,
      atRisk: false,
      forecast: { category: 'likely', probability: 90, from: 'default' },
    });
    expect(body.rows[3]).toMatchObject({
      forecast: { category: 'lost', from: 'leaving' },
      missingForecast: false,
      missingTouch: false,
      atRisk: true,
    });
    expect(body.totals).toMatchObject({
      renewals: 4,
      amountMinor: 6_000_00 + 24_000_00 + 18_000_00 + 12_000_00,
      weightedMinor: 840_000 + 1_620_000 + 960_000,
      atRiskMinor: 12_000_00 + 24_000_00 + 6_000_00,
      overdue: { renewals: 1, amountMinor: 1_200_000 },
      missingForecast: 3,
      knownChurn: [{ month: '2026-07', accounts: 1, arrMinor: 600_000 }],
    });
    expect(body.totals.byMonth.map(({ month, renewals }: any) => [month, renewals])).toEqual([
      ['2026-03', 1],
      ['2026-04', 1],
      ['2026-06', 1],
      ['2026-07', 1],
    ]);
    const lost = body.totals.byCategory.find(({ category }: any) => category === 'lost');
    expect(lost).toEqual({ category: 'lost', renewals: 1, amountMinor: 600_000, weightedMinor: 0 });
  });

  it('is filtered by days, state, category, band, text and what is missing', async () => {
    const names = async (query: string) =>
      (await asCsm.get(`/api/v1/renewals?${query}`)).body.rows.map((row: any) => `${row.account.name} ${row.dueOn}`);
    expect(await names('from=2026-06-01&to=2026-06-30')).toEqual(['Dated 2026-06-30']);
    expect(await names('from=2025-01-01&to=2025-12-31&state=renewed')).toEqual(['Acme 2025-04-30']);
    expect(await names('state=overdue')).toEqual(['Late 2026-03-31']);
    expect(await names('category=lost')).toEqual(['Going 2026-07-31']);
    expect(await names('band=at_risk')).toEqual(['Dated 2026-06-30']);
    expect(await names('text=acm')).toEqual(['Acme 2026-04-30']);
    expect(await names('missing=touch')).toEqual(['Late 2026-03-31', 'Dated 2026-06-30']);
    expect((await asCsm.get('/api/v1/renewals?from=2026-06-01&to=2026-05-01')).body.code).toBe('INVALID_INPUT');
    expect((await asCsm.get('/api/v1/renewals?from=9999-06-01')).status).toBe(400);
  });

  it('tells of known churn within the same filters', async () => {
    const known = async (query: string) =>
      (await asCsm.get(`/api/v1/renewals?${query}`)).body.totals.knownChurn.map(({ month }: any) => month);
    expect(await known('text=going')).toEqual(['2026-07']);
    expect(await known('text=acm')).toEqual([]);
    expect(await known('band=unknown')).toEqual(['2026-07']);
    expect(await known('band=at_risk')).toEqual([]);
    expect(await known('tier=T9')).toEqual([]);
    expect(await known('category=lost')).toEqual(['2026-07']);
    expect(await known('category=commit')).toEqual([]);
    expect(await known('category=lost&from=2026-07-01&to=2026-07-31')).toEqual(['2026-07']);
    expect(await known('category=lost&from=2026-05-01&to=2026-05-31')).toEqual([]);
    expect(await known('from=2026-08-01&to=2026-08-31')).toEqual([]);
    expect(await known('from=2026-05-01&to=2026-06-30')).toEqual([]);
    expect(await known('from=2025-01-01&to=2026-07-31')).toEqual(['2026-07']);
    expect(await known('state=overdue')).toEqual([]);
    expect(await known('missing=touch')).toEqual([]);
  });

  it('holds nothing of accounts that the reader may not see, neither rows nor sums', async () => {
    const { body } = await asOther.get('/api/v1/renewals?scope=all');
    expect(body.rows.map((row: any) => row.account.name)).toEqual(['Theirs']);
    expect(body.totals).toMatchObject({ renewals: 1, amountMinor: 9_900_000, knownChurn: [] });
    expect((await asOther.get(of('acme', '/renewals'))).status).toBe(404);
  });
});

describe('a forecast', () => {
  it('is somebody’s word, on the revision that was read, and goes back to the default', async () => {
    const path = of('acme', '/renewals/2026-04-30');
    const committed = await asCsm.patch(path, { revision: 1, category: 'commit', amountMinor: 2_000_000 });
    expect(committed.body).toMatchObject({
      revision: 2,
      missingForecast: false,
      forecast: { category: 'commit', amountMinor: 2_000_000, weightedMinor: 2_000_000, from: 'person', by: 'csm 1' },
    });
    expect((await asCsm.patch(path, { revision: 1, category: 'lost' })).body.code).toBe('REVISION_MOVED');
    const back = await asCsm.patch(path, { revision: 2, category: null, amountMinor: null });
    expect(back.body.forecast).toMatchObject({ category: 'likely', from: 'default' });
    expect((await viewer.patch(path, { revision: 3, category: 'lost' })).status).toBe(403);
    expect((await asCsm.patch(path, { revision: 3, amountMinor: 1e15 })).status).toBe(400);
    expect((await asCsm.patch(of('acme', '/renewals/2026-04-29'), { revision: 1, category: 'lost' })).status).toBe(404);
    expect((await asCsm.patch(of('acme', '/renewals/2025-04-30'), { revision: 1, category: 'lost' })).body.code).toBe(
      'RENEWAL_DECIDED',
    );
  });

  it('uses the probabilities of the workspace’s settings', async () => {
    const { body } = await admin.get('/api/v1/workspace');
    const settings = { ...body.settings, renewalChance: { ...body.settings.renewalChance, healthy: 95 } };
    expect((await admin.patch('/api/v1/workspace', { revision: body.revision, settings })).status).toBe(200);
    const { renewals } = (await asCsm.get(of('acme', '/renewals'))).body;
    expect(renewals[0].forecast).toMatchObject({ probability: 95, weightedMinor: 1_710_000 });
  });
});

describe('an outcome', () => {
  it('is told by a person, smaller where it is less, and taken back', async () => {
    const path = of('late', '/renewals/2026-03-31/outcome');
    const smaller = await asCsm.post(path, {
      revision: 1,
      outcome: 'renewed',
      amountMinor: 900_000,
      on: '2026-04-02',
      note: 'fewer seats',
    });
    expect(smaller.body).toMatchObject({
      state: 'renewedSmaller',
      outcomeDay: '2026-04-02',
      renewedAmountMinor: 900_000,
      decidedBy: 'csm 1',
      mayUndo: true,
      revision: 2,
    });
    expect((await asCsm.post(path, { revision: 2, outcome: 'lost', reasonKey: 'price' })).body.code).toBe(
      'RENEWAL_DECIDED',
    );
    await drain();
    expect((await asCsm.get(of('late', '/renewals'))).body.renewals[0]).toMatchObject({ state: 'renewedSmaller' });
    expect((await asCsm.delete(`${path}?revision=2`)).body).toMatchObject({
      state: 'overdue',
      mayUndo: false,
      note: null,
    });
    expect((await asCsm.delete(`${path}?revision=3`)).body.code).toBe('NOTHING_TO_UNDO');
  });

  it('lost has a reason of the list', async () => {
    const path = of('late', '/renewals/2026-03-31/outcome');
    const refused = await asCsm.post(path, { revision: 3, outcome: 'lost', reasonKey: 'weather' });
    expect([refused.status, refused.body.code, refused.body.details[0].path]).toEqual([
      400,
      'UNKNOWN_REASON',
      'reasonKey',
    ]);
    const future = await asCsm.post(path, { revision: 3, outcome: 'lost', reasonKey: 'price', on: '2026-04-16' });
    expect(future.body.code).toBe('DAY_IN_FUTURE');
    const lost = await asCsm.post(path, { revision: 3, outcome: 'lost', reasonKey: 'price' });
    expect(lost.body).toMatchObject({ state: 'lost', reason: { key: 'price', label: 'Price' }, renewedAmountMinor: 0 });
  });

  it('moves the account’s renewal date on, and back when it is taken back', async () => {
    const path = of('dated', '/renewals/2026-06-30/outcome');
    const renewed = { revision: 1, outcome: 'renewed', amountMinor: 2_400_000, nextDueOn: '2027-06-30' };
    expect((await asCsm.post(path, { ...renewed, nextDueOn: '2026-06-30' })).body.code).toBe('BEFORE_DUE');
    expect((await asCsm.post(path, { ...renewed, amountMinor: 0 })).body.code).toBe('NOTHING_RENEWED');
    expect((await asCsm.post(path, renewed)).body).toMatchObject({ state: 'renewed' });
    await drain();
    const states = async () =>
      (await asCsm.get(of('dated', '/renewals'))).body.renewals.map((each: any) => [each.dueOn, each.state]);
    expect(await states()).toEqual([
      ['2027-06-30', 'upcoming'],
      ['2026-06-30', 'renewed'],
    ]);
    expect((await asCsm.delete(`${path}?revision=2`)).status).toBe(200);
    await drain();
    expect(await states()).toEqual([['2026-06-30', 'upcoming']]);
  });
});

describe('the ledger of an account', () => {
  it('tells each month with its movement, and retention over all of them', async () => {
    const { body } = await asCsm.get(of('acme', '/ledger?from=2025-04&to=2025-05'));
    expect(body).toMatchObject({
      currency: 'USD',
      months: [
        { month: '2025-04', startMinor: 100_000, movement: null, movementMinor: 0, endMinor: 100_000 },
        { month: '2025-05', startMinor: 100_000, movement: 'expansion', movementMinor: 50_000, endMinor: 150_000 },
      ],
      startMinor: 100_000,
      endMinor: 150_000,
      grossRetention: 100,
      netRetention: 150,
      unknownSubscriptions: 0,
    });
    expect((await asCsm.get(of('acme', '/ledger'))).body.months).toHaveLength(12);
  });

  it('is empty without subscriptions: nothing is divided by nothing', async () => {
    const { body } = await asCsm.get(of('dated', '/ledger'));
    expect(body).toMatchObject({ startMinor: 0, endMinor: 0, grossRetention: null, netRetention: null });
  });

  it.each(['from=2025-13', 'from=0000-01', 'from=2010-01&to=2025-01', 'from=2025-02&to=2025-01'])(
    'refuses %s',
    async (query) => {
      expect((await asCsm.get(of('acme', `/ledger?${query}`))).status).toBe(400);
    },
  );
});
