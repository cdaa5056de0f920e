import type { AccountRow } from '@steward/shared/accounts';
import { Partitions } from '../../../apps/api/src/db/partitions.js';
import { accountIdOf } from '../../../apps/api/src/intake/facts/account-ids.js';
import { LiveRefresh } from '../../../apps/api/src/pipeline/run/live-refresh.service.js';
import { ApiServer, type Caller } from '../../support/api-server.js';
import { insertRows } from '../../support/insert-rows.js';

const RATES = '/api/v1/workspace/exchange-rates';

let server: ApiServer;
let admin: Caller;
let asCsm: Caller;
let key: Caller;

const drain = () => server.app.get(LiveRefresh, { strict: false }).drain();
const rates = async (caller = admin) => (await caller.get(RATES)).body;
const audited = (): Promise<{ action: string; changes: unknown }[]> =>
  server.dataSource.query(
    `SELECT action, subject_id AS subject, changes FROM steward.audit_log WHERE subject_kind = 'exchange-rate' ORDER BY id`,
  );
const arrOf = async (account: string) =>
  (await admin.get(`/api/v1/accounts/${accountIdOf(account)}`)).body.arrMinor as number | null;

async function deliver(kind: string, ...facts: object[]): Promise<void> {
  expect((await key.post(`/api/v1/facts/${kind}`, facts)).body).toMatchObject({ success: true });
}

describe('exchange rates of the workspace', () => {
  beforeEach(async () => {
    server = await ApiServer.start();
    admin = await server.as('admin');
    const csm = await server.person('csm');
    asCsm = await server.signedIn(csm);
    key = server.withKey((await server.key(['facts:write'])).secret);
    const other = await server.person('csm');
    const of = { status: 'customer', csm: csm.email };
    await deliver(
      'account',
      { ...of, account: 'berlin', name: 'Berlin', arr: 1_000, currency: 'EUR' },
      { ...of, account: 'paris', name: 'Paris', arr: 2_000, currency: 'EUR', csm: other.email },
      { ...of, account: 'boston', name: 'Boston', arr: 3_000, currency: 'USD' },
      // It has a currency, and no amount in it.
      { ...of, account: 'oslo', name: 'Oslo', currency: 'NOK' },
    );
    await deliver('subscription', { account: 'boston', id: 's', start: '2026-01-01', mrr: 90, currency: 'GBP' });
    await deliver('invoice', { account: 'berlin', id: 'i', issued: '2026-03-01', amount: 50, currency: 'JPY' });
    await drain();
  });
  afterEach(() => server.close());

  it('turn amounts that were not known into the workspace’s currency, and back, without waiting for the day to end', async () => {
    expect(await arrOf('berlin')).toBeNull();
    await admin.put(`${RATES}/EUR/2026-01-01`, { rate: 1.1 });
    await drain();
    expect(await arrOf('berlin')).toBe(110_000);
    await admin.put(`${RATES}/EUR/2026-04-01`, { rate: 1.25 });
    await drain();
    expect(await arrOf('berlin')).toBe(125_000);
    await admin.delete(`${RATES}/EUR/2026-04-01`);
    await drain();
    expect(await arrOf('berlin')).toBe(110_000);
    await admin.delete(`${RATES}/EUR/2026-01-01`);
    await drain();
    expect(await arrOf('berlin')).toBeNull();
  });

  it('are listed, the latest of a currency first, and each change is in the log with what was before', async () => {
    expect((await admin.put(`${RATES}/eur/2026-01-01`, { rate: 1.1 })).body).toEqual({
      ...{ currency: 'EUR', fromDay: '2026-01-01', rate: 1.1 },
    });
    await admin.put(`${RATES}/EUR/2026-04-01`, { rate: 1.25 });
    await admin.put(`${RATES}/EUR/2026-04-01`, { rate: 1.2 });
    // What is the case already is no change.
    await admin.put(`${RATES}/EUR/2026-04-01`, { rate: 1.2 });
    expect((await rates()).rates).toEqual([
      { currency: 'EUR', fromDay: '2026-04-01', rate: 1.2 },
      { currency: 'EUR', fromDay: '2026-01-01', rate: 1.1 },
    ]);
    expect((await admin.delete(`${RATES}/EUR/2026-01-01`)).body).toMatchObject({ rate: 1.1 });
    expect(await admin.delete(`${RATES}/EUR/2026-01-01`)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    const subject = 'EUR 2026-01-01';
    const written = await audited();
    expect(written.map(({ action }) => action)).toEqual([
      'exchange-rate.created',
      'exchange-rate.created',
      'exchange-rate.updated',
      'exchange-rate.removed',
    ]);
    expect(written[0]).toMatchObject({ subject, changes: { rate: { from: null, to: 1.1 } } });
    expect(written[2]).toMatchObject({ changes: { rate: { from: 1.25, to: 1.2 } } });
    expect(written[3]).toMatchObject({ subject, changes: { rate: { from: 1.1, to: null } } });
  });

  it('are named as missing where there are amounts without one, counted among the reader’s accounts', async () => {
    expect((await rates()).missing).toEqual([
      { currency: 'EUR', accounts: 2 },
      { currency: 'GBP', accounts: 1 },
      { currency: 'JPY', accounts: 1 },
    ]);
    expect((await rates(asCsm)).missing).toContainEqual({ currency: 'EUR', accounts: 1 });
    await admin.put(`${RATES}/EUR/2026-01-01`, { rate: 1.1 });
    expect((await rates()).missing.map(({ currency }: { currency: string }) => currency)).toEqual(['GBP', 'JPY']);
  });

  it('are told to be missing on the page of an account whose ARR lacks an amount', async () => {
    const lacks = async (account: string, asOf = '') =>
      (await admin.get(`/api/v1/accounts/${accountIdOf(account)}${asOf}`)).body.arrWithoutRate;
    expect(await lacks('berlin')).toEqual([{ amountMinor: 100_000, currency: 'EUR' }]);
    expect(await lacks('oslo')).toEqual([]);
    // Of its subscription nothing is known but this; the ARR is still that of its field.
    expect(await arrOf('boston')).toBe(300_000);
    expect(await lacks('boston')).toEqual([{ amountMinor: 108_000, currency: 'GBP' }]);
    expect(await lacks('boston', '?asOf=2025-12-31')).toEqual([]);
    expect(await lacks('berlin', '?asOf=2026-04-10')).toEqual([{ amountMinor: 100_000, currency: 'EUR' }]);
    await admin.put(`${RATES}/EUR/2026-01-01`, { rate: 1.1 });
    await drain();
    expect(await lacks('berlin')).toEqual([]);
  });

  it('are told to be missing in the list and in the brief of an account whose ARR is not known', async () => {
    const day = '2026-04-10';
    await new Partitions(server.dataSource).ensure(['account_snapshot'], day, day);
    await insertRows(server.dataSource, 'account_snapshot', [
      { account_id: accountIdOf('berlin'), day, status: 'customer' },
    ]);
    const listed = async (question = {}) => {
      const { rows } = (await admin.post('/api/v1/accounts/query', question)).body;
      return Object.fromEntries(rows.map((row: AccountRow) => [row.externalId, row.arrWithoutRate]));
    };
    const briefOf = async (account: string) =>
      (await admin.get(`/api/v1/accounts/${accountIdOf(account)}/brief`)).body.account;
    const euros = [{ amountMinor: 100_000, currency: 'EUR' }];
    expect(await listed()).toEqual({ berlin: euros, paris: [{ amountMinor: 200_000, currency: 'EUR' }] });
    expect(await listed({ asOf: day })).toEqual({ berlin: euros });
    expect(await briefOf('berlin')).toMatchObject({ arrMinor: null, arrWithoutRate: euros });
    await admin.put(`${RATES}/EUR/2026-01-01`, { rate: 1.1 });
    await drain();
    expect(await listed()).toEqual({});
    expect(await briefOf('berlin')).toMatchObject({ arrMinor: 110_000, arrWithoutRate: [] });
  });

  it.each([
    ['a currency that is none', 'XXQ/2026-01-01', { rate: 1 }, 400],
    ['a day that is none', 'EUR/2026-02-30', { rate: 1 }, 400],
    ['a day out of all years', 'EUR/1066-10-14', { rate: 1 }, 400],
    ['no rate', 'EUR/2026-01-01', {}, 400],
    ['a rate of 0', 'EUR/2026-01-01', { rate: 0 }, 400],
    ['a rate below 0', 'EUR/2026-01-01', { rate: -1.1 }, 400],
    ['a rate of no end', 'EUR/2026-01-01', { rate: 1e300 }, 400],
    ['the workspace’s own currency', 'USD/2026-01-01', { rate: 1 }, 422],
  ])('refuse %s', async (_, place, body, status) => {
    expect((await admin.put(`${RATES}/${place}`, body)).status).toBe(status);
    expect((await rates()).rates).toEqual([]);
    expect(await audited()).toEqual([]);
  });

  it('keep the workspace in the currency that they are in', async () => {
    await admin.put(`${RATES}/EUR/2026-01-01`, { rate: 1.1 });
    const { revision, currency } = (await admin.get('/api/v1/workspace')).body;
    const change = (to: string) => admin.patch('/api/v1/workspace', { revision, currency: to });
    expect(await change('EUR')).toMatchObject({ status: 409, body: { code: 'RATES_IN_OLD_CURRENCY' } });
    expect(await change(currency)).toMatchObject({ status: 200 });
    await admin.delete(`${RATES}/EUR/2026-01-01`);
    expect(await admin.patch('/api/v1/workspace', { revision: revision + 1, currency: 'EUR' })).toMatchObject({
      status: 200,
      body: { currency: 'EUR' },
    });
  });
});
