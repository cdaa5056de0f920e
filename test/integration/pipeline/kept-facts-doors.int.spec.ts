import { BulkWorker } from '../../../apps/api/src/desk/bulk/bulk-worker.js';
import { toDay } from '../../../apps/api/src/domain/calendar/day.js';
import { OwnPeople } from '../../../apps/api/src/intake/contacts/own-people.service.js';
import { accountIdOf } from '../../../apps/api/src/intake/facts/account-ids.js';
import { DayClose } from '../../../apps/api/src/pipeline/run/day-close.service.js';
import { LiveRefresh } from '../../../apps/api/src/pipeline/run/live-refresh.service.js';
import { Runs } from '../../../apps/api/src/pipeline/run/runs.service.js';
import { ApiServer, type Caller, type TestPerson } from '../../support/api-server.js';

const TODAY = '2026-04-15';

let server: ApiServer;
let csm: TestPerson;
let asCsm: Caller;
let admin: TestPerson;
let key: Caller;

const query = (sql: string, values: unknown[] = []) => server.dataSource.query(sql, values);
const of = (account: string, rest = '') => `/api/v1/accounts/${accountIdOf(account)}${rest}`;

async function asked(answer: Promise<{ status: number; body: any }>): Promise<any> {
  const { status, body } = await answer;
  if (status >= 300 || body?.success === false) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}
const facts = (kind: string, ...rows: object[]) => asked(key.post(`/api/v1/facts/${kind}`, rows));
const event = (account: string, day: string, userId = 'user') =>
  asked(
    key.post('/api/v1/track', {
      messageId: `${account}-${day}-${userId}`,
      groupId: account,
      userId,
      event: 'Report opened',
      properties: { feature: 'reports' },
      timestamp: `${day}T08:00:00.000Z`,
    }),
  );
const touch = (account: string, at: string) =>
  asked(asCsm.post(of(account, '/touchpoints'), { kind: 'call', text: 'Talked', at }));
const revisionOf = async (account: string) =>
  (await query('SELECT revision FROM steward.account WHERE id = $1', [accountIdOf(account)]))[0].revision;
const subscription = (account: string) => ({
  account,
  id: `${account}-s`,
  quantity: 10,
  seatBased: true,
  mrr: 900,
  currency: 'USD',
  start: '2025-05-01',
  end: '2026-05-20',
});

const exclusionOf = async (account: string) => {
  const [{ id }] = await query(`SELECT id FROM steward.segment WHERE name = 'Active contacts'`);
  return `/api/v1/segments/${id}/exclusions/${accountIdOf(account)}`;
};
const keptOut = async (account: string, untilDay: string | null) =>
  asked(asCsm.put(await exclusionOf(account), { reason: 'Asked for it', untilDay }));

interface Door {
  /** Before anything is computed. */
  before?: (account: string) => Promise<unknown>;
  change: (account: string) => Promise<unknown>;
}

/** Each changes an account of its own through the door that people and feeds use. */
const DOORS: Record<string, Door> = {
  event: { change: (account) => event(account, '2026-04-14', 'new') },
  'event of tomorrow': { change: (account) => event(account, '2026-04-16', 'new') },
  'late event': { change: (account) => event(account, '2026-03-03', 'new') },
  'champion seen later': {
    change: (account) => facts('contact', { account, id: 'ch', lastSeenOn: '2026-04-13' }),
  },
  'contact seen later': { change: (account) => facts('contact', { account, id: 'user', lastSeenOn: '2026-04-14' }) },
  'contact seen earlier': { change: (account) => facts('contact', { account, id: 'user', firstSeenOn: '2025-12-14' }) },
  'contacts kept out for days': { change: (account) => keptOut(account, '2026-04-18') },
  'contacts kept out, and back': {
    before: (account) => keptOut(account, null),
    change: async (account) => asked(asCsm.delete(await exclusionOf(account))),
  },
  'another champion': { change: (account) => facts('contact', { account, id: 'user', role: 'champion' }) },
  'champion is one no more': { change: (account) => facts('contact', { account, id: 'ch', role: 'user' }) },
  'champion leaves': { change: (account) => facts('contact', { account, id: 'ch', leftOn: '2026-04-18' }) },
  'contact is internal': { change: (account) => facts('contact', { account, id: 'user', internal: true }) },
  'two contacts are one': {
    before: (account) => facts('contact', { account, email: 'ann@customer.example', role: 'champion' }),
    change: (account) => facts('contact', { account, id: 'user', email: 'ann@customer.example' }),
  },
  'new ticket': {
    change: (account) =>
      facts('ticket', { account, id: 't2', opened: '2026-04-10', priority: 'urgent', status: 'open' }),
  },
  'ticket closed': {
    change: (account) =>
      facts('ticket', { account, id: 't1', opened: '2026-04-01', closed: '2026-04-12', status: 'closed' }),
  },
  answer: {
    change: (account) => facts('survey', { account, id: 'n2', kind: 'nps', npsScore: 2, day: '2026-04-12' }),
  },
  'invoice paid': {
    change: (account) =>
      facts('invoice', {
        ...{ account, id: 'i1', issued: '2026-02-01', due: '2026-03-01', amount: 500, currency: 'USD' },
        ...{ status: 'paid', paidOn: '2026-04-10' },
      }),
  },
  'invoice due soon': {
    change: (account) =>
      facts('invoice', {
        ...{ account, id: 'i2', issued: TODAY, due: '2026-04-17', amount: 900, currency: 'USD', status: 'open' },
      }),
  },
  metric: { change: (account) => facts('metric', { account, metric: 'api_calls', day: '2026-04-14', value: 3 }) },
  'touch of a feed': {
    change: (account) =>
      facts('touchpoint', { account, id: 'f1', kind: 'call', at: '2026-04-11', contacts: ['ch@buyer.example'] }),
  },
  'pulse of a feed': { change: (account) => facts('pulse', { account, day: '2026-04-10', value: 5 }) },
  'pulse given': { change: (account) => asked(asCsm.put(of(account, '/pulse'), { value: 5 })) },
  'pulses of many': {
    change: async (account) => {
      const selection = { kind: 'rows', accountIds: [accountIdOf(account)] };
      const { id } = await asked(
        asCsm.post('/api/v1/bulk-actions', { change: { kind: 'pulse', value: 6 }, selection }),
      );
      await server.app.get(BulkWorker, { strict: false }).work(id);
    },
  },
  'touch logged': { change: (account) => touch(account, '2026-04-13T10:00:00.000Z') },
  'touch removed': {
    before: (account) => touch(account, '2026-04-13T10:00:00.000Z'),
    change: async (account) => {
      const [{ id }] = await query(
        `SELECT id FROM steward.touchpoint WHERE account_id = $1 AND on_day = '2026-04-13'`,
        [accountIdOf(account)],
      );
      await asked(asCsm.delete(of(account, `/touchpoints/${encodeURIComponent(id)}`)));
    },
  },
  'field edited': {
    change: async (account) =>
      asked(asCsm.patch(of(account), { revision: await revisionOf(account), seats: 40, renewalDate: '2026-06-01' })),
  },
  'field of earlier': {
    change: (account) => facts('account', { account, status: 'trial', effectiveOn: '2026-03-20' }),
  },
  'field of tomorrow': { change: (account) => facts('account', { account, arr: 99_000, effectiveOn: '2026-04-16' }) },
  lost: { change: (account) => asked(asCsm.post(of(account, '/churn'), { on: '2026-04-10', reasonKey: 'price' })) },
  'subscription moved': {
    before: (account) => facts('subscription', subscription(account)),
    change: (account) => facts('subscription', { ...subscription(account), end: '2026-04-20', mrr: 300 }),
  },
  'subscription by hand': {
    change: (account) =>
      asked(asCsm.post(of(account, '/subscriptions'), { mrrMinor: 70_000, quantity: 4, start: '2026-04-20' })),
  },
  'subscription removed': {
    before: (account) =>
      asked(asCsm.post(of(account, '/subscriptions'), { mrrMinor: 70_000, quantity: 4, start: '2026-01-01' })),
    change: async (account) => {
      const { subscriptions } = await asked(asCsm.get(of(account, '/subscriptions')));
      const { id, revision } = subscriptions[0];
      await asked(asCsm.delete(of(account, `/subscriptions/${encodeURIComponent(id)}?revision=${revision}`)));
    },
  },
  'fact that waited': {
    before: (account) =>
      facts('ticket', { account: `${account}-later`, id: 'w', opened: '2026-04-02', priority: 'urgent' }),
    change: (account) => facts('account', { account: `${account}-later`, name: 'Later', status: 'customer' }),
  },
};

/** As an admin who has just signed in: sessions do not last through the days of the test. */
async function changeWorkspace(change: (now: any) => object): Promise<void> {
  const asAdmin = await server.signedIn(admin);
  const now = await asked(asAdmin.get('/api/v1/workspace'));
  await asked(asAdmin.patch('/api/v1/workspace', { revision: now.revision, ...change(now) }));
}

/** What concerns all accounts at once. */
const OF_ALL: Record<string, () => Promise<unknown>> = {
  'own e-mail domains': async () => {
    await changeWorkspace(() => ({ ownEmailDomains: ['customer.example', 'buyer.example'] }));
    await server.app.get(OwnPeople, { strict: false }).recheck(server.clock.now());
  },
  'length of windows': () => changeWorkspace(({ settings }) => ({ settings: { ...settings, windowDays: 14 } })),
  'time zone and currency': () => changeWorkspace(() => ({ timeZone: 'Pacific/Auckland', currency: 'EUR' })),
  'exchange rates': async () => {
    const asAdmin = await server.signedIn(admin);
    const of = (day: string) => `/api/v1/workspace/exchange-rates/USD/${day}`;
    await asked(asAdmin.put(of('2026-01-01'), { rate: 0.9 }));
    await asked(asAdmin.put(of('2026-06-20'), { rate: 0.5 }));
  },
  'what sources cover': () => query(`UPDATE steward.source SET covers = 'seen'`),
  'features tracked': () => query('UPDATE steward.feature SET tracked = false'),
};

const accounts = Object.keys(DOORS).map((_, index) => `door-${index}`);

/** A refresh of the open day over all accounts, and what it came to, by door. */
async function refreshed(): Promise<Record<string, object>> {
  const runs = server.app.get(Runs, { strict: false });
  const [{ today }] = await query(
    `SELECT ($1::timestamptz AT TIME ZONE time_zone)::date AS today FROM steward.workspace`,
    [server.clock.now()],
  );
  await runs.drive(await runs.start('refresh', { from: toDay(today), to: toDay(today) }));
  const rows = await query(
    `SELECT s.*, a.external_id, ARRAY(SELECT DISTINCT (m.segment_id, m.contact_id, m.since_day, m.how)::text
       FROM steward.segment_member m WHERE m.account_id = a.id ORDER BY 1) AS memberships,
       ARRAY(SELECT DISTINCT (e.segment_id, e.contact_id, e.kind, e.day, e.since_day)::text
       FROM steward.segment_event e WHERE e.account_id = a.id ORDER BY 1) AS moves
     FROM steward.account_state s JOIN steward.account a ON a.id = s.account_id`,
  );
  return Object.fromEntries(
    rows.map(({ external_id, updated_at: _, ...row }: any) => {
      const index = Number(external_id.split('-')[1]);
      return [`${Object.keys(DOORS)[index]} (${external_id})`, row];
    }),
  );
}

/** From the facts that are kept, and from the same facts loaded anew; those kept before stay for later days. */
async function expectSameAnew(): Promise<void> {
  // In another time zone another day may have begun.
  await server.app.get(DayClose, { strict: false }).catchUp();
  await server.app.get(LiveRefresh, { strict: false }).drain();
  const fromKept = await refreshed();
  const kept = await query('SELECT count(*)::int AS n FROM steward.kept_facts');
  expect(kept[0].n).toBeGreaterThanOrEqual(accounts.length);
  await query('CREATE TABLE steward.kept_before AS SELECT * FROM steward.kept_facts');
  await query('DELETE FROM steward.kept_facts');
  const anew = await refreshed();
  await query('DELETE FROM steward.kept_facts');
  await query('INSERT INTO steward.kept_facts SELECT * FROM steward.kept_before');
  await query('DROP TABLE steward.kept_before');
  expect(fromKept).toEqual(anew);
  expect(Object.values(anew).flatMap(({ memberships }: any) => memberships)).not.toEqual([]);
}

describe('facts kept for later runs, after changes through every door', () => {
  beforeAll(async () => {
    server = await ApiServer.start();
    csm = await server.person('csm');
    asCsm = await server.signedIn(csm);
    admin = await server.person('admin');
    key = server.withKey((await server.key(['facts:write'])).secret);
    await facts(
      'account',
      ...accounts.map((account) => ({
        ...{ account, name: account, status: 'customer', csm: csm.email, currency: 'USD', arr: 12_000, seats: 5 },
        ...{ customerSince: '2024-01-01', renewalDate: '2026-05-10', effectiveOn: '2026-01-01' },
      })),
    );
    const ofAll = (kind: string, more: (account: string) => object) =>
      facts(kind, ...accounts.map((account) => ({ account, ...more(account) })));
    for (const day of ['2026-02-03', '2026-03-12', '2026-03-31', '2026-04-09'])
      for (const account of accounts) await event(account, day);
    const buyer = 'ch@buyer.example';
    await ofAll('contact', () => ({ id: 'ch', email: buyer, role: 'champion', lastSeenOn: '2026-03-01' }));
    await ofAll('ticket', () => ({ id: 't1', opened: '2026-04-01', priority: 'high', status: 'open' }));
    await ofAll('survey', () => ({ id: 'n1', kind: 'nps', npsScore: 9, day: '2026-03-02' }));
    await ofAll('metric', () => ({ metric: 'api_calls', day: '2026-04-07', value: 10 }));
    await ofAll('touchpoint', (account) => ({ id: `${account}-p`, kind: 'call', at: '2026-03-05', contacts: [buyer] }));
    await ofAll('pulse', () => ({ day: '2026-03-10', value: 4 }));
    await ofAll('invoice', () => ({
      ...{ id: 'i1', issued: '2026-02-01', due: '2026-03-01', amount: 500, currency: 'USD', status: 'open' },
    }));
    for (const [index, { before }] of Object.values(DOORS).entries()) await before?.(accounts[index]!);
    await server.app.get(LiveRefresh, { strict: false }).drain();
    await refreshed();
  }, 180_000);
  afterAll(() => server?.close());

  it('give what the facts of now give, on that day and on the next ones', async () => {
    const refused: string[] = [];
    for (const [index, [name, { change }]] of Object.entries(DOORS).entries())
      await change(accounts[index]!).catch((error) => refused.push(`${name}: ${error}`));
    expect(refused).toEqual([]);
    await expectSameAnew();
    for (const instant of ['2026-04-16T09:00:00Z', '2026-04-21T09:00:00Z', '2026-05-14T09:00:00Z']) {
      server.clock.at = new Date(instant);
      await expectSameAnew();
    }
  }, 180_000);

  it.each(Object.keys(OF_ALL))(
    'give what the facts of now give when all accounts are concerned: %s',
    async (name) => {
      await OF_ALL[name]!();
      server.clock.advance({ minutes: 1 });
      await expectSameAnew();
      server.clock.advance({ hours: 26 });
      await expectSameAnew();
    },
    120_000,
  );
});
