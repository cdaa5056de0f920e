import { BUILT_IN_SIGNALS } from '../../../apps/api/src/domain/signals/built-in.js';
import { accountIdOf } from '../../../apps/api/src/intake/facts/account-ids.js';
import { ApiServer, type Caller, type TestPerson } from '../../support/api-server.js';
import { insertRows, insertStates } from '../../support/insert-rows.js';

const ACCOUNT = accountIdOf('acme');

let server: ApiServer;
let cora: TestPerson;
let csm: Caller;
let admin: Caller;
let defaultProfile: number;

beforeAll(async () => {
  server = await ApiServer.start();
  cora = await server.person('csm');
  csm = await server.signedIn(cora);
  admin = await server.as('admin');
  const [row] = await server.dataSource.query(
    `SELECT v.id FROM steward.health_profile_version v JOIN steward.health_profile p ON p.id = v.profile_id
     ORDER BY p.position DESC LIMIT 1`,
  );
  defaultProfile = row.id;
});

beforeEach(async () => {
  await server.dataSource.query('DELETE FROM steward.account');
  await server.dataSource.query('DELETE FROM steward.pulse_reason_list');
  await anAccount('acme', { csm_user_id: cora.id });
});

afterAll(() => server?.close());

const anAccount = async (name: string, given: object = {}) => {
  const account = { id: accountIdOf(name), external_id: name, name, status: 'customer', first_seen_on: '2026-01-01' };
  await insertRows(server.dataSource, 'account', [{ ...account, revision: 1, ...given }]);
};
const of = (what: string) => `/api/v1/accounts/${ACCOUNT}/${what}`;
const set = (given: object, by = csm) => by.put(of('pulse'), given);
const reason = (key: string, active = true) => ({ key, label: `${key} in words`, active });

describe('the reasons of a pulse', () => {
  it('are those of the product until an admin changes them', async () => {
    const { body } = await csm.get('/api/v1/pulse-reasons');
    expect(body).toMatchObject({ revision: 0 });
    expect(body.reasons.map(({ key }: { key: string }) => key)).toContain('price');
    const reasons = [reason('price', false), reason('weather')];
    expect(await admin.put('/api/v1/pulse-reasons', { revision: 0, reasons })).toMatchObject({
      status: 200,
      body: { revision: 1, reasons },
    });
    expect(await admin.put('/api/v1/pulse-reasons', { revision: 0, reasons })).toMatchObject({ status: 409 });
    expect(await admin.put('/api/v1/pulse-reasons', { revision: 1, reasons })).toMatchObject({ body: { revision: 2 } });
  });

  it('are checked, one by one', async () => {
    expect(await set({ value: 2, reasons: ['price', 'weather'] })).toMatchObject({
      status: 400,
      body: { code: 'UNKNOWN_REASON', details: [{ path: 'reasons.1' }] },
    });
    await admin.put('/api/v1/pulse-reasons', { revision: 0, reasons: [reason('price', false), reason('weather')] });
    expect(await set({ value: 2, reasons: ['price'] })).toMatchObject({
      status: 400,
      body: { code: 'UNKNOWN_REASON' },
    });
    expect(await set({ value: 2, reasons: ['weather'] })).toMatchObject({ status: 200 });
  });

  it.each([
    ['none', []],
    ['the same twice', [reason('price'), reason('price')]],
    ['none to choose from', [reason('price', false)]],
    ['a key with a space', [reason('a b')]],
    ['a label without words', [{ key: 'a', label: ' ', active: true }]],
  ])('cannot be %s', async (_what, reasons) => {
    expect(await admin.put('/api/v1/pulse-reasons', { revision: 0, reasons })).toMatchObject({ status: 400 });
  });
});

describe('the pulses of an account', () => {
  it('are told newest first, with their words, by whom, and until when the newest counts', async () => {
    await insertRows(server.dataSource, 'pulse', [
      { account_id: ACCOUNT, day: '2026-01-02', value: 5, reasons: ['from a feed'], author_text: 'Old Hand' },
    ]);
    expect((await csm.get(of('pulses'))).body).toMatchObject({ current: null, expiresOn: '2026-04-01' });
    await set({ value: 2, reasons: ['price'], note: 'Said so' });
    const { body } = await csm.get(of('pulses'));
    const newest = {
      day: '2026-04-15',
      value: 2,
      reasons: [{ key: 'price', label: 'Price or budget' }],
      note: 'Said so',
      author: { userId: cora.id, name: 'csm 1' },
    };
    expect(body).toEqual({
      current: newest,
      expiresOn: '2026-07-13',
      pulses: [
        newest,
        {
          day: '2026-01-02',
          value: 5,
          reasons: [{ key: 'from a feed', label: 'from a feed' }],
          note: null,
          author: { userId: null, name: 'Old Hand' },
        },
      ],
    });
    expect((await csm.get(`${of('pulses')}?asOf=2026-04-01`)).body).toMatchObject({
      current: { value: 5 },
      pulses: [expect.anything()],
    });
  });
});

describe('where pulse and score disagree', () => {
  const number = (key: string) => BUILT_IN_SIGNALS.find((signal) => signal.key === key)!.number;

  /** An account whose seats are in use by so many per cent (70: full points, nothing else is known) and its pulse. */
  async function pulsed(name: string, given: { seats: number; pulse: number; arr: number | null }, csmId = cora.id) {
    await anAccount(name, { csm_user_id: csmId });
    const signals: (number | null)[] = BUILT_IN_SIGNALS.map(() => null);
    signals[number('usage.seat_utilization') - 1] = given.seats;
    signals[number('sentiment.pulse') - 1] = given.pulse;
    const account_id = accountIdOf(name);
    const state = { account_id, as_of: '2026-04-15', status: 'customer', health_version_id: defaultProfile };
    await insertStates(server.dataSource, [{ ...state, signals, caps: [], arr_minor: given.arr }]);
    await insertRows(server.dataSource, 'pulse', [{ account_id, day: '2026-04-01', value: given.pulse }]);
  }
  const gaps = async (by = csm, query = '') => (await by.get(`/api/v1/pulse-gaps${query}`)).body;
  const names = (body: any) => body.gaps.map((gap: any) => gap.account.name);

  it('accounts are listed by gap × ARR, those without ARR last', async () => {
    await pulsed('small', { seats: 70, pulse: 1, arr: 100 });
    await pulsed('large', { seats: 70, pulse: 3, arr: 100_000 });
    await pulsed('unknown', { seats: 70, pulse: 2, arr: null });
    await pulsed('agrees', { seats: 70, pulse: 5, arr: 900_000 });
    await pulsed('hopeful', { seats: 10, pulse: 6, arr: 50 });
    const body = await gaps();
    expect(names(body)).toEqual(['large', 'small', 'hopeful', 'unknown']);
    expect(body).toMatchObject({ total: 4, asOf: '2026-04-15' });
    expect(body.gaps[0]).toMatchObject({ pulseScore: 40, scoreWithoutPulse: 100, gap: 60, direction: 'worse' });
    expect(body.gaps[2]).toMatchObject({ pulseScore: 100, scoreWithoutPulse: 0, gap: 100, direction: 'better' });
    expect(names(await gaps(csm, '?offset=1&limit=2'))).toEqual(['small', 'hopeful']);
  });

  it('nobody sees what is not theirs', async () => {
    const other = await server.person('csm');
    await pulsed('mine', { seats: 70, pulse: 1, arr: 100 });
    await pulsed('theirs', { seats: 70, pulse: 1, arr: 100 }, other.id);
    expect(names(await gaps(csm, '?scope=all'))).toEqual(['mine']);
    expect(names(await gaps(admin))).toEqual([]);
    expect(names(await gaps(admin, '?scope=all')).sort()).toEqual(['mine', 'theirs']);
  });
});
