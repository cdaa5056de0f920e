import { Partitions } from '../../../apps/api/src/db/partitions.js';
import { BUILT_IN_SIGNALS } from '../../../apps/api/src/domain/signals/built-in.js';
import { accountIdOf } from '../../../apps/api/src/intake/facts/account-ids.js';
import { ApiServer, type Caller, type TestPerson } from '../../support/api-server.js';
import { insertRows, insertStates } from '../../support/insert-rows.js';

const ACCOUNT = accountIdOf('acme');
const EMPTY = accountIdOf('empty');
const id = (n: number) => `30000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const of = { account_id: ACCOUNT };

let server: ApiServer;
let cora: TestPerson;
let csm: Caller;

const number = (key: string) => BUILT_IN_SIGNALS.find((signal) => signal.key === key)!.number;
function signalsOf(values: Record<string, number>): (number | null)[] {
  const signals: (number | null)[] = BUILT_IN_SIGNALS.map(() => null);
  for (const [key, value] of Object.entries(values)) signals[number(key) - 1] = value;
  return signals;
}

beforeAll(async () => {
  server = await ApiServer.start();
  cora = await server.person('csm');
  csm = await server.signedIn(cora);
  const { dataSource } = server;
  await new Partitions(dataSource).ensure(['account_snapshot'], '2026-01-01', '2026-04-15');
  const account = { status: 'customer', first_seen_on: '2026-01-01', revision: 1, csm_user_id: cora.id };
  await insertRows(dataSource, 'account', [
    { ...account, id: ACCOUNT, external_id: 'acme', name: 'Acme' },
    { ...account, id: EMPTY, external_id: 'empty', name: 'Empty' },
  ]);
  const [profile] = await dataSource.query(
    `SELECT v.id FROM steward.health_profile_version v JOIN steward.health_profile p ON p.id = v.profile_id
     ORDER BY p.position DESC LIMIT 1`,
  );
  const computed = { ...of, status: 'customer', health_version_id: profile.id, caps: [] };
  await insertStates(dataSource, [
    {
      ...computed,
      as_of: '2026-04-15',
      signals: signalsOf({ 'usage.active_contacts': 12, 'usage.seat_utilization': 40, 'support.urgent_open': 3 }),
      null_reasons: BUILT_IN_SIGNALS.map(() => 0),
      score: 50,
      band: 'watch',
      tier: 'T2',
      stage: 'adoption',
      stage_since: '2026-02-01',
      arr_minor: 1_200_000,
      renewal_date: '2026-06-30',
      coverage: 100,
    },
  ]);
  const before = { ...computed, signals: signalsOf({ 'usage.active_contacts': 20 }), stale: false };
  await insertRows(dataSource, 'account_snapshot', [
    { ...before, day: '2026-03-16', score: 70, band: 'watch', tier: 'T2', stage: 'adoption', arr_minor: 1_000_000 },
    { ...before, day: '2026-04-08', score: 60, band: 'watch', tier: 'T2', stage: 'adoption' },
  ]);
  await insertRows(dataSource, 'ticket', [
    { ...of, id: 'k-1', opened_on: '2026-04-01', priority: 'low', status: 'open', subject: 'Typo' },
    { ...of, id: 'k-2', opened_on: '2026-04-02', priority: 'urgent', status: 'open', subject: 'Down' },
    { ...of, id: 'k-3', opened_on: '2026-04-01', closed_on: '2026-04-03', priority: 'urgent', status: 'closed' },
  ]);
  await insertRows(dataSource, 'contact', [
    { ...of, id: id(1), external_id: 'u-1', name: 'Ann Ash', role: 'champion', last_seen: '2026-04-01' },
    { ...of, id: id(2), external_id: 'u-2', name: 'Bo Bell', is_primary: true },
    { ...of, id: id(3), external_id: 'u-3', name: 'Gone', left_on: '2026-03-01' },
    { ...of, id: id(4), external_id: 'u-4', name: 'Ours', internal: true },
  ]);
  await insertRows(dataSource, 'goal', [
    {
      ...of,
      id: id(10),
      playbook_id: id(9),
      name: 'Grow',
      kind: 'expansion',
      status: 'atRisk',
      started: 'hand',
      progress: 1.4,
    },
  ]);
  const task = { ...of, origin: 'hand', title: 'Send', revision: 1 };
  await insertRows(dataSource, 'task', [
    { ...task, id: id(20), goal_id: id(10), state: 'done' },
    { ...task, id: id(21), goal_id: id(10), state: 'open', due_day: '2026-04-14', assignee_user_id: cora.id },
    { ...task, id: id(22), goal_id: id(10), state: 'cancelled' },
  ]);
  const alert = { ...of, kind: 'churn', started: 'change', reason: 'Score fell', opened_day: '2026-04-07' };
  await insertRows(dataSource, 'alert', [
    { ...alert, id: id(30), severity: 'low', state: 'open' },
    { ...alert, id: id(31), severity: 'critical', state: 'acknowledged' },
    { ...alert, id: id(32), severity: 'critical', state: 'pending' },
  ]);
  await insertRows(dataSource, 'renewal', [
    {
      ...of,
      due_on: '2026-06-30',
      amount_minor: 1_200_000,
      forecast_category: 'commit',
      forecast_amount_minor: 900_000,
    },
  ]);
  await insertRows(dataSource, 'deal', [
    { ...of, id: 'd-1', kind: 'expansion', name: 'Seats', state: 'open', amount_minor: 500, currency: 'EUR' },
    { ...of, id: 'd-2', kind: 'expansion', name: 'Old', state: 'lost' },
  ]);
  await csm.post(`/api/v1/accounts/${ACCOUNT}/touchpoints`, {
    kind: 'call',
    text: 'Talked',
    contactIds: [],
    nextStep: { text: 'Call the CFO', day: '2026-04-20', asTask: false },
  });
});

afterAll(() => server?.close());

const brief = async (account = ACCOUNT) => {
  const answer = await csm.get(`/api/v1/accounts/${account}/brief`);
  expect(answer).toMatchObject({ status: 200 });
  return answer.body;
};

describe('the brief of an account', () => {
  it('has all that one page needs', async () => {
    const body = await brief();
    expect(body).toMatchObject({
      asOf: '2026-04-15',
      account: {
        name: 'Acme',
        tier: 'T2',
        stage: { key: 'adoption', label: 'Adoption', since: '2026-02-01' },
        arrMinor: 1_200_000,
        renewalDate: '2026-06-30',
        csm: { userId: cora.id },
        neverTouched: false,
      },
      health: { score: 50, band: 'watch', pulse: null },
      tickets: { open: 2, first: [{ id: 'k-2' }, { id: 'k-1' }] },
      touches: [{ kind: 'call', text: 'Talked', day: '2026-04-15' }],
      plan: { nextStep: { text: 'Call the CFO', past: false, owner: { userId: cora.id } }, objectives: [] },
      goals: [{ name: 'Grow', status: 'atRisk', progress: 1, tasksDone: 1, tasks: 2 }],
      tasks: [{ title: 'Send', overdue: true, assignee: { userId: cora.id } }],
      alerts: [{ severity: 'critical' }, { severity: 'low' }],
      renewal: { dueDay: '2026-06-30', amountMinor: 1_200_000, forecast: 'commit', forecastMinor: 900_000 },
      deals: [{ id: 'd-1', amount: { amountMinor: 500, currency: 'EUR' } }],
      contacts: [
        { name: 'Bo Bell', primary: true },
        { name: 'Ann Ash', lastSeen: '2026-04-01' },
      ],
    });
  });

  it('says why the score is what it is, in three lines at most', async () => {
    const { why } = (await brief()).health;
    expect(why).toEqual([
      expect.stringMatching(/^Seat utilisation: 40 % \(−\d+ points\)$/),
      expect.stringMatching(/^Urgent tickets open: 3 \(−\d+ points\)$/),
    ]);
  });

  it('says what differs from 30 days ago, and nothing where nothing was kept', async () => {
    const [month, quarter] = (await brief()).changed;
    expect(month.days).toBe(30);
    expect(month.values).toEqual(
      expect.arrayContaining([
        { field: 'health.score', label: 'Health score', type: 'number', from: 70, to: 50 },
        { field: 'account.arr', label: 'ARR', type: 'money', from: 1_000_000, to: 1_200_000 },
        { field: 'usage.active_contacts', label: expect.any(String), type: 'number', from: 20, to: 12 },
      ]),
    );
    expect(month.values.map(({ field }: { field: string }) => field)).not.toContain('tier');
    expect(quarter).toEqual({ days: 90, values: [] });
  });

  it('draws usage week by week up to today', async () => {
    const { days, activeContacts } = (await brief()).usage;
    expect(days).toHaveLength(13);
    expect(days.slice(-2)).toEqual(['2026-04-08', '2026-04-15']);
    expect(activeContacts.slice(-3)).toEqual([null, 20, 12]);
  });

  it('of an account that nothing is known of is empty, not broken', async () => {
    expect(await brief(EMPTY)).toMatchObject({
      health: { score: null, band: null, why: [], pulse: null },
      renewal: null,
      tickets: { open: 0, first: [] },
      goals: [],
      contacts: [],
    });
  });
});
