import { accountIdOf } from '../../../apps/api/src/intake/facts/account-ids.js';
import { LiveRefresh } from '../../../apps/api/src/pipeline/run/live-refresh.service.js';
import { ApiServer, type Caller } from '../../support/api-server.js';

let server: ApiServer;
let asCsm: Caller;
let viewer: Caller;
let key: Caller;
let admin: Caller;

const of = (externalId: string, rest = '') => `/api/v1/accounts/${accountIdOf(externalId)}${rest}`;
const drain = () => server.app.get(LiveRefresh, { strict: false }).drain();

beforeAll(async () => {
  server = await ApiServer.start();
  const csm = await server.person('csm');
  asCsm = await server.signedIn(csm);
  viewer = await server.as('viewer');
  admin = await server.as('admin');
  key = server.withKey((await server.key(['facts:write'])).secret);
  const customer = {
    status: 'customer',
    csm: csm.email,
    customerSince: '2024-01-01',
    arr: 24_000,
    renewalDate: '2026-06-30',
  };
  const answer = await key.post('/api/v1/facts/account', [
    { ...customer, account: 'acme', name: 'Acme' },
    { ...customer, account: 'beta', name: 'Beta' },
    { account: 'trying', name: 'Trying', status: 'trial', csm: csm.email },
  ]);
  expect(answer.body).toMatchObject({ success: true });
  await drain();
});

afterAll(() => server?.close());

const renewal = async (externalId: string) => (await asCsm.get(of(externalId, '/renewals'))).body.renewals[0];
const status = async (externalId: string) => {
  const [row] = await server.dataSource.query(
    `SELECT a.status, a.churned_on, a.churn_reason, s.status AS computed FROM steward.account a
       JOIN steward.account_state s ON s.account_id = a.id WHERE a.id = $1`,
    [accountIdOf(externalId)],
  );
  return row;
};

describe('a customer who leaves', () => {
  it('stays a customer, of whose renewal nothing is expected, and shows when it goes', async () => {
    const given = { noticeGivenOn: '2026-04-10', leavesOn: '2026-06-30', reasonKey: 'price', note: 'too dear' };
    const { status: code, body } = await asCsm.post(of('acme', '/leaving'), given);
    expect({ code, body }).toMatchObject({
      code: 200,
      body: {
        status: 'customer',
        leaving: true,
        noticeGivenOn: '2026-04-10',
        leavesOn: '2026-06-30',
        notice: { reason: { key: 'price', label: 'Price' }, note: 'too dear', by: 'csm 1' },
        churn: null,
      },
    });
    await drain();
    expect((await renewal('acme')).forecast).toMatchObject({ category: 'lost', weightedMinor: 0, from: 'leaving' });
    const { totals } = (await asCsm.get('/api/v1/renewals')).body;
    expect(totals.knownChurn).toEqual([{ month: '2026-06', accounts: 1, arrMinor: 2_400_000 }]);
  });

  it('stays after all, as it was before the first notice', async () => {
    await asCsm.post(of('acme', '/leaving'), { noticeGivenOn: '2026-04-12' });
    const { body } = await asCsm.delete(of('acme', '/leaving'));
    expect(body).toMatchObject({ leaving: false, noticeGivenOn: null, leavesOn: null, notice: null });
    expect((await asCsm.delete(of('acme', '/leaving'))).body.code).toBe('NOTHING_TO_UNDO');
    await drain();
    expect((await renewal('acme')).forecast).toMatchObject({ category: 'likely', from: 'default' });
  });

  it.each([
    ['a notice to come', { noticeGivenOn: '2026-04-16' }, 'DAY_IN_FUTURE'],
    ['an end before the notice', { noticeGivenOn: '2026-04-10', leavesOn: '2026-04-09' }, 'INVALID_INPUT'],
    ['a reason that is none', { noticeGivenOn: '2026-04-10', reasonKey: 'weather' }, 'UNKNOWN_REASON'],
    ['the year 9999', { noticeGivenOn: '2026-04-10', leavesOn: '9999-12-31' }, 'INVALID_INPUT'],
  ])('is refused with %s', async (_what, given, code) => {
    const answer = await asCsm.post(of('acme', '/leaving'), given);
    expect([answer.status, answer.body.code]).toEqual([400, code]);
  });

  it('must be a customer, and be told of by somebody who may', async () => {
    const given = { noticeGivenOn: '2026-04-10' };
    expect((await asCsm.post(of('trying', '/leaving'), given)).body.code).toBe('NOT_A_CUSTOMER');
    expect((await viewer.post(of('acme', '/leaving'), given)).status).toBe(403);
  });
});

describe('a customer who is lost', () => {
  const churn = { on: '2026-04-13', reasonKey: 'competitor', competitor: 'Rival', note: 'cheaper' };

  it('is churned from the day on, with its reason, its ARR and its renewal lost', async () => {
    const { body } = await asCsm.post(of('beta', '/churn'), churn);
    expect(body).toMatchObject({
      status: 'churned',
      leaving: false,
      churnedOn: '2026-04-13',
      churnReason: 'Went to a competitor',
      churn: { reason: { key: 'competitor', canInfluence: true }, competitor: 'Rival', arrLostMinor: 2_400_000 },
    });
    const [dirty] = await server.dataSource.query('SELECT since_day FROM steward.dirty_account WHERE account_id = $1', [
      accountIdOf('beta'),
    ]);
    expect(dirty).toEqual({ since_day: '2026-04-13' });
    await drain();
    expect(await status('beta')).toEqual({
      status: 'churned',
      churned_on: '2026-04-13',
      churn_reason: 'Went to a competitor',
      computed: 'churned',
    });
    expect(await renewal('beta')).toMatchObject({
      state: 'lost',
      outcomeDay: '2026-04-13',
      reason: { key: 'competitor', label: 'Went to a competitor' },
      mayUndo: false,
    });
    expect((await asCsm.post(of('beta', '/churn'), churn)).body.code).toBe('ALREADY_CHURNED');
  });

  it('stays so when a feed says otherwise, and comes back when it is taken back', async () => {
    await key.post('/api/v1/facts/account', { account: 'beta', status: 'customer' });
    expect(await status('beta')).toMatchObject({ status: 'churned' });
    server.clock.advance({ minutes: 1 });
    expect((await asCsm.delete(of('beta', '/churn'))).body).toMatchObject({
      status: 'customer',
      churnedOn: null,
      churn: null,
    });
    await drain();
    expect(await status('beta')).toEqual({
      status: 'customer',
      churned_on: null,
      churn_reason: null,
      computed: 'customer',
    });
    expect(await renewal('beta')).toMatchObject({ state: 'upcoming' });
    expect((await asCsm.delete(of('beta', '/churn'))).body.code).toBe('NOTHING_TO_UNDO');
  });

  it.each([
    ['champion_left', { key: 'champion_left', label: 'Champion left' }],
    ['Champion left', { key: 'champion_left', label: 'Champion left' }],
    ['moved to Mars', { key: 'moved to Mars', label: 'moved to Mars' }],
  ])('tells its lost renewal why, where a feed says %s', async (churnReason, reason) => {
    const account = `fed ${churnReason}`;
    const customer = { account, name: 'Fed', status: 'customer', arr: 9_000, renewalDate: '2026-04-12' };
    await key.post('/api/v1/facts/account', customer);
    const lost = { account, status: 'churned', churnedOn: '2026-04-10', churnReason };
    expect((await key.post('/api/v1/facts/account', lost)).body).toMatchObject({ success: true });
    await drain();
    const { body } = await admin.get(of(account, '/renewals'));
    expect(body.renewals).toMatchObject([{ state: 'lost', outcomeDay: '2026-04-10', reason }]);
  });

  it('leaves a renewal the reason that somebody gave it', async () => {
    const account = 'given';
    await key.post('/api/v1/facts/account', {
      account,
      name: 'Given',
      status: 'customer',
      arr: 9_000,
      renewalDate: '2026-04-12',
    });
    await drain();
    const { revision } = (await admin.get(of(account, '/renewals'))).body.renewals[0];
    const outcome = { outcome: 'lost', reasonKey: 'budget', on: '2026-04-10', revision };
    expect(await admin.post(of(account, '/renewals/2026-04-12/outcome'), outcome)).toMatchObject({ status: 200 });
    const lost = { account, status: 'churned', churnedOn: '2026-04-10', churnReason: 'Price' };
    await key.post('/api/v1/facts/account', lost);
    await drain();
    expect((await admin.get(of(account, '/renewals'))).body.renewals).toMatchObject([
      { state: 'lost', reason: { key: 'budget' } },
    ]);
  });

  it.each([
    ['a day to come', { on: '2026-04-16' }, 'DAY_IN_FUTURE'],
    ['a day before it was a customer', { on: '2023-12-31' }, 'BEFORE_CUSTOMER'],
    ['a reason that is none', { reasonKey: 'weather' }, 'UNKNOWN_REASON'],
    ['an absurd amount', { arrLostMinor: 1e15 }, 'INVALID_INPUT'],
  ])('is refused with %s', async (_what, overrides, code) => {
    const answer = await asCsm.post(of('beta', '/churn'), { ...churn, ...overrides });
    expect([answer.status, answer.body.code]).toEqual([400, code]);
  });

  it('has a reason of a list that admins change; what was recorded keeps its words', async () => {
    await asCsm.post(of('beta', '/churn'), { ...churn, reasonKey: 'price' });
    const { body } = await asCsm.get('/api/v1/churn-reasons');
    const reasons = [{ key: 'strategy', label: 'Another strategy', canInfluence: false }];
    expect((await asCsm.put('/api/v1/churn-reasons', { revision: 0, reasons })).status).toBe(403);
    expect((await admin.put('/api/v1/churn-reasons', { revision: body.revision, reasons })).body).toEqual({
      reasons,
      revision: 1,
    });
    expect((await asCsm.get(of('beta', '/leaving'))).body.churn.reason).toEqual({
      key: 'price',
      label: 'Price',
      canInfluence: true,
    });
  });
});
