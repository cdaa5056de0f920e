import type { Pulse } from '@steward/shared/pulse';
import { Partitions } from '../../../apps/api/src/db/partitions.js';
import { ApiServer, type Caller } from '../../support/api-server.js';
import { insertRows, insertStates } from '../../support/insert-rows.js';

const ACCOUNT = '10000000-0000-5000-8000-000000000001';

let server: ApiServer;
let admin: Caller;
let viewer: Caller;

beforeAll(async () => {
  server = await ApiServer.start();
  admin = await server.as('admin');
  viewer = await server.as('viewer');
  await insertRows(server.dataSource, 'account', [
    { id: ACCOUNT, external_id: 'a-1', name: '=1+1', status: 'customer', first_seen_on: '2026-01-01', revision: 1 },
  ]);
  await insertStates(server.dataSource, [
    { account_id: ACCOUNT, as_of: '2026-04-15', status: 'customer', arr_minor: 1_234_500, score: 70.5, band: 'watch' },
  ]);
});

afterAll(() => server?.close());

describe('accounts over HTTP', () => {
  it('answers a block with rows shaped by the contract', async () => {
    const { status, body } = await viewer.post('/api/v1/accounts/query', {
      rule: { kind: 'compare', field: 'account.arr', op: 'gte', value: 12_345 },
      sort: [{ field: 'health.score', direction: 'desc' }],
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      asOf: '2026-04-15',
      nowOnlyFields: [],
      rows: [{ id: ACCOUNT, score: 70.5, sparkline: [...new Array(29).fill(null), 70.5] }],
    });
  });

  it('counts', async () => {
    const { body } = await viewer.post('/api/v1/accounts/count', {});
    expect(body).toEqual({
      accounts: 1,
      arrMinor: 1_234_500,
      byBand: { at_risk: 0, watch: 1, healthy: 0, unknown: 0 },
    });
  });

  it('sends a file', async () => {
    const { status, headers, body } = await viewer.post('/api/v1/accounts/export', {});
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('text/csv');
    expect(headers.get('content-disposition')).toBe('attachment; filename="accounts-2026-04-15.csv"');
    expect(body).toContain(`a-1,'=1+1,customer`);
  });

  it('names events as far as the reader may know of their accounts, the most frequent first', async () => {
    const stranger = await server.as('csm');
    const mine = await server.person('csm');
    const [own, old] = ['10000000-0000-5000-8000-00000000000e', '2025-12-01T10:00:00Z'];
    await insertRows(server.dataSource, 'account', [
      {
        id: own,
        external_id: 'a-e',
        name: 'Eventful',
        status: 'customer',
        csm_user_id: mine.id,
        first_seen_on: '2026-01-01',
        revision: 1,
      },
    ]);
    await new Partitions(server.dataSource).ensure(['event'], '2025-12-01', '2026-04-30');
    const event = (name: string, count: number, at = '2026-04-01T10:00:00Z') => ({
      account_id: own,
      occurred_at: at,
      message_id: `${name} ${count}`,
      name,
      count,
      received_at: at,
    });
    await insertRows(server.dataSource, 'event', [
      event('login', 2),
      event('export', 3),
      event('login', 4),
      event('of long ago', 9, old),
    ]);
    const answers = async (who: Caller) => (await who.get('/api/v1/catalogue/events')).body;
    expect(await answers(await server.signedIn(mine))).toMatchObject({
      events: [
        { name: 'login', times: 6, accounts: 1 },
        { name: 'export', times: 3, accounts: 1 },
      ],
    });
    expect((await answers(stranger)).events).toEqual([]);
  });

  it('tells of people who acts: not whoever only looks on or has left', async () => {
    const [acting, gone, looksOn] = [
      await server.person('csm'),
      await server.person('csm'),
      await server.person('viewer'),
    ];
    await server.dataSource.query('UPDATE steward.app_user SET active = FALSE WHERE id = $1', [gone.id]);
    const { fields } = (await viewer.get('/api/v1/catalogue')).body;
    const { options } = fields.find(({ key }: { key: string }) => key === 'account.csm');
    const acts = ({ id }: { id: string }) => options.find(({ value }: { value: string }) => value === id)?.acts;
    expect([acting, gone, looksOn].map(acts)).toEqual([true, false, false]);
  });

  it('tells the catalogue without where its values are kept', async () => {
    const { body } = await viewer.get('/api/v1/catalogue');
    const arr = body.fields.find(({ key }: { key: string }) => key === 'account.arr');
    expect(arr).toMatchObject({ type: 'money', stage: 'facts', history: 'snapshot' });
    expect(JSON.stringify(body)).not.toMatch(/arr_minor|closed_|binding/);
  });

  it.each([
    ['an unknown key', { rule: null, colour: 'red' }],
    ['a NUL in a text', { rule: { kind: 'compare', field: 'account.name', op: 'eq', value: 'a\u0000b' } }],
    ['a hostile field', { rule: { kind: 'compare', field: "a'; DROP TABLE account; --", op: 'isSet' } }],
    ['a limit beyond reason', { limit: 100_000 }],
    ['a day that is none', { asOf: '2026-02-31' }],
    ['the year 0', { asOf: '0000-01-01' }],
    ['an endless text', { text: 'x'.repeat(10_000) }],
  ])('refuses %s with a code and a place', async (_what, body) => {
    const answer = await viewer.post('/api/v1/accounts/query', body);
    expect(answer.status).toBe(400);
    expect(answer.body.code).toMatch(/^[A-Z_]+$/);
  });

  it('shows the page of an account, and no score where there is none', async () => {
    expect((await viewer.get(`/api/v1/accounts/${ACCOUNT}`)).body).toMatchObject({
      id: ACCOUNT,
      revision: 1,
      asOf: '2026-04-15',
    });
    expect(await viewer.get(`/api/v1/accounts/${ACCOUNT}/explanation`)).toMatchObject({
      status: 422,
      body: { code: 'NO_SCORE' },
    });
    const days = '?from=2026-04-01&to=2026-04-15';
    expect(await viewer.get(`/api/v1/accounts/${ACCOUNT}/changes${days}`)).toMatchObject({
      status: 422,
      body: {
        code: 'NO_SCORE',
        details: [
          { path: 'from', message: 'has no score' },
          { path: 'to', message: 'has no score' },
          { path: 'since', message: '2026-04-15' },
        ],
      },
    });
    expect((await viewer.get(`/api/v1/accounts/${ACCOUNT}/facts/nothing`)).status).toBe(400);
    expect((await viewer.get('/api/v1/accounts/not-an-id')).status).toBe(400);
  });

  it('lets those who keep accounts edit them, and nobody else', async () => {
    const change = { revision: 1, seats: 12 };
    expect((await viewer.patch(`/api/v1/accounts/${ACCOUNT}`, change)).status).toBe(403);
    expect((await admin.patch(`/api/v1/accounts/${ACCOUNT}`, { ...change, seats: -1 })).status).toBe(400);
    expect(await admin.patch(`/api/v1/accounts/${ACCOUNT}`, change)).toMatchObject({
      status: 200,
      body: { revision: 2 },
    });
    expect(await admin.patch(`/api/v1/accounts/${ACCOUNT}`, change)).toMatchObject({
      status: 409,
      body: { code: 'REVISION_MOVED' },
    });
    expect((await admin.put(`/api/v1/accounts/${ACCOUNT}/pulse`, { value: 2 })).status).toBe(400);
    expect((await admin.put(`/api/v1/accounts/${ACCOUNT}/pulse`, { value: 2, reasons: ['price'] })).status).toBe(200);
    expect((await admin.delete(`/api/v1/accounts/${ACCOUNT}/tier`)).status).toBe(204);
  });

  it('takes a pulse back, to what stood for the day before it, by whoever set it', async () => {
    const csm = await server.as('csm');
    const path = `/api/v1/accounts/${ACCOUNT}/pulse`;
    await server.dataSource.query('DELETE FROM steward.pulse');
    const set = async (by: Caller, given: object) => {
      server.clock.advance({ seconds: 1 });
      return (await by.put(path, given)).body;
    };
    const today = async () => {
      const { pulses } = (await viewer.get(`${path}s`)).body;
      return pulses.map(({ value, note, author }: Pulse) => [value, note, author?.name]);
    };
    const first = await set(admin, { value: 5, note: 'calm' });
    const [said] = await today();
    const second = await set(csm, { value: 2, reasons: ['price'] });
    expect(await today()).toHaveLength(1);

    for (const [by, which] of [
      [admin, first],
      [admin, second],
      [csm, first],
    ] as const) {
      expect(await by.post(`${path}/undo`, which)).toMatchObject({ status: 409, body: { code: 'CHANGED_SINCE' } });
    }
    expect((await csm.post(`${path}/undo`, second)).status).toBe(204);
    expect(await today()).toEqual([said]);
    expect((await csm.post(`${path}/undo`, second)).status).toBe(409);

    await server.dataSource.query('DELETE FROM steward.pulse');
    expect((await admin.post(`${path}/undo`, await set(admin, { value: 6 }))).status).toBe(204);
    expect(await today()).toEqual([]);
  });

  it('shows the model to everyone and lets admins add signals', async () => {
    expect((await viewer.get('/api/v1/tiers')).body.tiers).toHaveLength(4);
    expect((await viewer.get('/api/v1/stages')).body.stages).toHaveLength(7);
    expect((await viewer.get('/api/v1/health-profiles')).body.profiles.length).toBeGreaterThan(1);
    const signal = {
      key: 'own.logins',
      label: 'Logins',
      unit: 'events',
      description: '',
      better: 'up',
      windowDays: 14,
      change: null,
      compute: { source: 'event', event: 'login', where: [], aggregation: 'count' },
    };
    expect((await viewer.post('/api/v1/signals', signal)).status).toBe(403);
    expect((await admin.post('/api/v1/signals', { ...signal, key: 'account.logins' })).status).toBe(400);
    expect(await admin.post('/api/v1/signals', signal)).toMatchObject({ status: 201, body: { number: 61 } });
    const { body } = await viewer.get('/api/v1/signals');
    expect(body.signals.at(-1)).toMatchObject({ key: 'own.logins', builtIn: false });
    expect(
      (await viewer.get('/api/v1/catalogue')).body.fields.some(({ key }: { key: string }) => key === 'own.logins'),
    ).toBe(true);
  });
});
