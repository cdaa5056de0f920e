import type { SampleStatus, SampleStep } from '@steward/shared/sample';
import { UnitOfWork } from '../../../apps/api/src/db/unit-of-work.js';
import { LiveRefresh } from '../../../apps/api/src/pipeline/run/live-refresh.service.js';
import { SampleProcessor } from '../../../apps/api/src/sample/sample.processor.js';
import { WITHOUT_FOREIGN_KEY } from '../../../apps/api/src/sample/sample.repository.js';
import { SAMPLE_PASSWORD, SampleService } from '../../../apps/api/src/sample/sample.service.js';
import { SampleHistory } from '../../../apps/api/src/sample/sample-history.service.js';
import { waitUntil } from '../../../scripts/lib/processes.mjs';
import { ApiServer, Caller, type KeptServer } from '../../support/api-server.js';

const SMALL = { accounts: 4, months: 1 };
const BUSY = { status: 409, body: { code: 'SAMPLE_BUSY' } };

let server: ApiServer;
let admin: Caller;

afterEach(() => server?.close());

const status = async (): Promise<SampleStatus> => (await admin.get('/api/v1/sample')).body;

/** The worker's part, done here. */
const work = (signal = new AbortController().signal) =>
  server.app.get(SampleProcessor, { strict: false }).run({}, { signal });

/** Ninety days are lived through after each loading, which take longer than it: for tests that are not about them. */
const withoutPast = () => jest.spyOn(server.app.get(SampleHistory, { strict: false }), 'make').mockResolvedValue(null);

async function rows(table: string): Promise<number> {
  const [{ count }] = await server.dataSource.query(`SELECT count(*)::int AS count FROM steward.${table}`);
  return count;
}

const listed = async (): Promise<string[]> =>
  (await admin.post('/api/v1/accounts/query', { limit: 100 })).body.rows.map(
    ({ externalId }: { externalId: string }) => externalId,
  );

describe('the sample company over HTTP', () => {
  beforeEach(async () => {
    server = await ApiServer.start();
    admin = await server.as('admin');
  });

  it('is ordered, tells how far it is, and is then in the list with its history', async () => {
    expect(await status()).toMatchObject({ state: 'absent', accounts: 0, mayLoad: true, progress: null });
    const ordered = await admin.post('/api/v1/sample', SMALL);
    expect(ordered).toMatchObject({ status: 202, body: { state: 'loading', accounts: null, mayLoad: false } });

    const steps = new Set<SampleStep | null>();
    let over = false;
    const working = work().finally(() => {
      over = true;
    });
    const look = async () => steps.add((await status()).progress?.step ?? null);
    expect(await waitUntil(() => look().then(() => over), 120_000, 20)).toBe(true);
    await working;

    expect([...steps]).toEqual(expect.arrayContaining(['facts', 'history']));
    expect(await status()).toMatchObject({
      state: 'loaded',
      accounts: 4,
      mayLoad: false,
      progress: null,
      problem: null,
    });
    expect((await listed()).length).toBe(4);
    expect(await rows('account_snapshot')).toBeGreaterThan(60);
    // Today goes on from that history: its list shows changes and sparklines from the first look on.
    expect(await rows('account_state WHERE closed_status IS NULL')).toBe(0);
    const { entries } = (await admin.get('/api/v1/audit?subjectKind=sample')).body;
    expect(entries).toMatchObject([{ action: 'sample.load_started', actorKind: 'user' }]);
  });

  it('is ordered once at a time', async () => {
    await admin.post('/api/v1/sample', SMALL);
    expect(await admin.post('/api/v1/sample', SMALL)).toMatchObject(BUSY);
  });

  it('never comes beside accounts of one’s own', async () => {
    await admin.post('/api/v1/facts/account', { account: 'OWN-1', name: 'A customer' });
    expect((await status()).mayLoad).toBe(false);
    expect(await admin.post('/api/v1/sample', SMALL)).toMatchObject({
      status: 409,
      body: { code: 'WORKSPACE_HAS_ACCOUNTS' },
    });
  });

  it('does not come either when the first account of one’s own arrives before its turn', async () => {
    await admin.post('/api/v1/sample', SMALL);
    await admin.post('/api/v1/facts/account', { account: 'OWN-1', name: 'A customer' });
    await work();
    expect(await status()).toMatchObject({ state: 'absent', problem: expect.stringContaining('accounts of its own') });
    expect(await rows('account')).toBe(1);
  });

  it('knows every table that its accounts do not take along', async () => {
    const tables = await server.dataSource.query(`
      SELECT c.table_name AS name FROM information_schema.columns c
      JOIN pg_class t ON t.oid = ('steward.' || c.table_name)::regclass AND NOT t.relispartition
      WHERE c.table_schema = 'steward' AND c.column_name = 'account_id' AND NOT EXISTS (
        SELECT 1 FROM pg_constraint f WHERE f.conrelid = t.oid AND f.contype = 'f' AND f.confdeltype = 'c'
          AND f.confrelid = 'steward.account'::regclass)
      ORDER BY 1`);
    // The log of what was done, and names that are never given again, outlive the accounts that they name.
    const outlive = ['account_key', 'audit_log'];
    expect(tables.map(({ name }: { name: string }) => name)).toEqual([...WITHOUT_FOREIGN_KEY, ...outlive].sort());
  });

  it('is taken from a worker that was killed, and from no other', async () => {
    withoutPast();
    await admin.post('/api/v1/sample', SMALL);
    await server.dataSource.query(`UPDATE steward.sample_task SET state = 'running', attempts = 1, heartbeat_at = $1`, [
      server.clock.now(),
    ]);
    await work();
    expect(await status()).toMatchObject({ state: 'loading' });
    server.clock.advance({ minutes: 2 });
    await work();
    expect(await status()).toMatchObject({ state: 'loaded', accounts: 4, problem: null });
  });
});

describe('the sample company once it is loaded', () => {
  let loaded: KeptServer;
  /** Of the one person that there is beside the sample's. */
  let cookie: string;
  beforeAll(async () => {
    server = await ApiServer.start();
    cookie = await server.cookieOf(await server.person('admin'));
    await new Caller(server.url, { cookie }).post('/api/v1/sample', SMALL);
    await work();
    loaded = await server.keep();
  }, 120_000);
  beforeEach(async () => {
    server = await loaded.copy();
    admin = new Caller(server.url, { cookie });
  });
  afterAll(() => loaded?.close());

  it('is not loaded over itself, and is removed once at a time', async () => {
    expect(await admin.post('/api/v1/sample', SMALL)).toMatchObject({ status: 409, body: { code: 'SAMPLE_LOADED' } });
    await admin.delete('/api/v1/sample');
    expect(await admin.delete('/api/v1/sample')).toMatchObject(BUSY);
  });

  it('brings owners, but nobody who could sign in with the password that everybody knows', async () => {
    const { users } = (await admin.get('/api/v1/users')).body;
    const ofSample = users.filter(({ email }: { email: string }) => email.endsWith('@sample.example'));
    expect(new Set(ofSample.map(({ role }: { role: string }) => role))).toEqual(new Set(['manager', 'csm', 'am']));
    for (const { email } of ofSample) {
      expect(await server.anonymous.post('/api/v1/auth/sign-in', { email, password: SAMPLE_PASSWORD })).toMatchObject({
        status: 401,
      });
    }
    expect((await status()).signIns).toEqual([]);
  });

  it('is removed with everything that belongs to it, its people included', async () => {
    expect(await admin.delete('/api/v1/sample')).toMatchObject({ status: 202, body: { state: 'removing' } });
    await work();
    expect(await status()).toMatchObject({ state: 'absent', accounts: 0, mayLoad: true });
    for (const table of [
      'account',
      'account_state',
      'account_snapshot',
      'event',
      'ticket',
      'source',
      'dirty_account',
      'alert',
      'segment_member',
      'segment_event',
      'segment_size',
    ]) {
      expect([table, await rows(table)]).toEqual([table, 0]);
    }
    const { users } = (await admin.get('/api/v1/users')).body;
    expect(users.filter(({ active }: { active: boolean }) => active).map(({ role }: { role: string }) => role)).toEqual(
      ['admin'],
    );
    expect(await admin.delete('/api/v1/sample')).toMatchObject({ status: 409, body: { code: 'NO_SAMPLE' } });
  });

  it('leaves, and every account that another source has brought stays', async () => {
    await admin.post('/api/v1/facts/account', { account: 'OWN-1', name: 'A customer' });
    // A customer of one's own with the id of a sample account.
    await admin.post('/api/v1/facts/account', { account: 'ACC-00002', name: 'Another customer' });
    await admin.delete('/api/v1/sample');
    await work();
    const left = await server.dataSource.query(`SELECT external_id FROM steward.account ORDER BY 1`);
    expect(left).toEqual([{ external_id: 'ACC-00002' }, { external_id: 'OWN-1' }]);
  });

  it('is begun again after a worker stopped, and nothing counts twice', async () => {
    withoutPast();
    const tables = ['account', 'event', 'ticket', 'touchpoint', 'usage_contact_month', 'metric_point', 'contact'];
    const whole = await Promise.all(tables.map(rows));
    await admin.delete('/api/v1/sample');
    await work();

    await admin.post('/api/v1/sample', SMALL);
    const stopped = new AbortController();
    stopped.abort();
    // However often its workers are asked to stop: only those that die count as attempts.
    for (let stops = 0; stops < 5; stops += 1) await work(stopped.signal);
    expect(await status()).toMatchObject({ state: 'loading' });
    await work();
    expect(await Promise.all(tables.map(rows))).toEqual(whole);
    expect(await status()).toMatchObject({ state: 'loaded', accounts: 4, problem: null });
  });
});

describe('the sample company makes its past once it is there', () => {
  const past = `alert WHERE started = 'lived'`;
  const drain = () => server.app.get(LiveRefresh, { strict: false }).drain();
  const task = async () => (await server.dataSource.query('SELECT * FROM steward.sample_task'))[0];
  const ofHistory = () =>
    server.app
      .get(UnitOfWork, { strict: false })
      .run((tx) => server.app.get(SampleHistory, { strict: false }).order(tx));

  /** All but the past, as the start command leaves it. */
  let loaded: KeptServer;
  /** With its past. */
  let lived: KeptServer;
  beforeAll(async () => {
    server = await ApiServer.start();
    const options = { accounts: 8, months: 4, seed: 1 };
    await server.app.get(SampleService, { strict: false }).load(options, () => undefined, { signIns: false });
    await drain();
    await ofHistory();
    loaded = await server.keep();
    server = await loaded.copy();
    await work();
    await drain();
    lived = await server.keep();
  }, 180_000);
  afterAll(async () => {
    await loaded?.close();
    await lived?.close();
  });
  const begin = async (kept: KeptServer) => {
    server = await kept.copy();
    admin = await server.as('admin');
  };
  it('of ninety days: alerts that nobody was told of, and segments with their sizes', async () => {
    await begin(loaded);
    expect(await status()).toMatchObject({ state: 'loaded', accounts: 8, progress: null });
    expect(await rows(past)).toBe(0);
    await server.close();
    await begin(lived);
    expect(await task()).toMatchObject({ kind: 'history', state: 'done', problem: null });
    expect(await rows(past)).toBeGreaterThan(0);
    expect(await rows(`${past} AND ended_day IS NULL`)).toBeGreaterThan(0);
    expect(await rows(`alert WHERE started NOT IN ('lived', 'start') OR escalate_at IS NOT NULL`)).toBe(0);
    expect(await rows('alert_event WHERE told_at IS NULL')).toBe(0);
    expect(await rows('notification')).toBe(0);
    const [{ days, moves }] = await server.dataSource.query(
      `SELECT (SELECT count(DISTINCT day)::int FROM steward.segment_size) AS days,
         (SELECT count(DISTINCT day)::int FROM steward.segment_event) AS moves`,
    );
    expect(days).toBe(90);
    expect(moves).toBeGreaterThan(20);
  });

  it('with answers: its people have looked at most alerts and resolved many, and managers see how well', async () => {
    await begin(lived);
    const all = await rows(past);
    const answered = await rows(`${past} AND acknowledged_at IS NOT NULL`);
    expect(answered).toBeGreaterThan(all / 2);
    expect(await rows(`${past} AND acknowledged_at <= opened_at`)).toBe(0);
    expect(await rows(`${past} AND state = 'resolved' AND (outcome IS NULL OR ended_by IS NULL)`)).toBe(0);
    expect(await rows(`${past} AND state = 'resolved' AND ended_at < acknowledged_at`)).toBe(0);
    expect(await rows(`alert_event WHERE kind = 'acknowledged' AND by_user_id IS NULL`)).toBe(0);
    const { alertRules } = (await admin.get('/api/v1/reports/plays')).body;
    expect(alertRules.reduce((sum: number, { fired }: any) => sum + fired, 0)).toBe(all);
    const { rows: work } = (await admin.get('/api/v1/reports/portfolio/work')).body;
    expect(work.some(({ alerts }: any) => alerts.medianHoursToAcknowledge !== null)).toBe(true);
    expect(work.some(({ alerts }: any) => alerts.medianDaysToResolve !== null)).toBe(true);
  });

  it('with goals that alerts have started, whose tasks its people have mostly done, until it is removed', async () => {
    const triggered = `playbook WHERE jsonb_array_length(definition #> '{triggers,alertRuleIds}') > 0`;
    await begin(lived);
    expect(await rows(triggered)).toBe(4);
    expect(await rows(`goal WHERE started = 'replay' AND alert_id IS NOT NULL`)).toBeGreaterThan(1);
    const done = await rows(`task WHERE state = 'done' AND completed_how = 'person' AND ended_by = assignee_user_id`);
    expect(done).toBeGreaterThan(await rows(`task WHERE state = 'open' AND due_day < '2026-04-01'`));
    expect((await rows('goal_event WHERE told_at IS NULL')) + (await rows('task_event WHERE told_at IS NULL'))).toBe(0);
    await admin.delete('/api/v1/sample');
    await work();
    expect([await rows(triggered), await rows('goal'), await rows('task')]).toEqual([0, 0, 0]);
  });

  it('and leaves it where somebody has acted on an alert already', async () => {
    await begin(loaded);
    const { rows: inbox } = (await admin.get('/api/v1/alerts?scope=all')).body;
    const { accountId, id, revision } = inbox[0].top;
    const acted = await admin.post('/api/v1/alerts/actions', {
      action: 'acknowledge',
      alerts: [{ accountId, id, revision }],
    });
    expect(acted.body.results[0].ok).toBe(true);
    await work();
    expect(await task()).toMatchObject({ state: 'done', problem: expect.stringContaining('lived through') });
    expect(await rows(past)).toBe(0);
    expect((await admin.get(`/api/v1/alerts/${accountId}/${id}`)).body).toMatchObject({ state: 'acknowledged' });
  });

  it('again after its worker was killed, with the same outcome', async () => {
    await begin(lived);
    const alerts = () => server.dataSource.query('SELECT id, state, opened_day FROM steward.alert ORDER BY id');
    const whole = await alerts();
    await ofHistory();
    await server.dataSource.query(`UPDATE steward.sample_task SET state = 'running', attempts = 1, heartbeat_at = $1`, [
      server.clock.now(),
    ]);
    await work();
    expect(await task()).toMatchObject({ state: 'running' });
    server.clock.advance({ minutes: 2 });
    await work();
    await drain();
    expect(await task()).toMatchObject({ state: 'done', problem: null });
    expect(await alerts()).toEqual(whole);
  }, 180_000);

  it('unless it is removed first', async () => {
    await begin(loaded);
    expect(await admin.delete('/api/v1/sample')).toMatchObject({ status: 202, body: { state: 'removing' } });
    await work();
    expect(await status()).toMatchObject({ state: 'absent' });
    expect(await rows('alert')).toBe(0);
  }, 120_000);
});
