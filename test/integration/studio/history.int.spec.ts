import { HistoryWorker } from '../../../apps/api/src/reports/studio/history-worker.js';
import { ApiServer, type Caller } from '../../support/api-server.js';
import { order, published, tried, withSample } from './studio-world.js';

const STUDIO = '/api/v1/health-studio';

let server: ApiServer;
let admin: Caller;
let profile: any;
beforeAll(async () => {
  server = await ApiServer.start();
  server.clock.at = new Date('2026-06-20T09:00:00Z');
  admin = await server.as('admin');
  await withSample(server, { accounts: 60, months: 9, seed: 1, computed: { from: '2026-01-30', to: '2026-03-31' } });
  const found = (await published(admin)).find(({ isDefault }) => isDefault);
  profile = { profileId: found.id, body: found.body };
}, 280_000);
afterAll(() => server.close());

const months = { from: '2026-01', to: '2026-03' };

describe('a backtest', () => {
  it('scores month-ends as they were scored then, and counts who churned within the horizon', async () => {
    const run = await tried(server, admin, 'backtest', profile, { ...months, horizonDays: 80 });
    expect(run).toMatchObject({ state: 'done', problem: null, profileName: 'Default' });
    const result = run.backtest!;
    expect(result.months.map(({ day }) => day)).toEqual(['2026-01-31', '2026-02-28', '2026-03-31']);
    for (const month of result.months) {
      const [plain] = await server.dataSource.query(
        `SELECT count(*)::int AS observations, count(s.score)::int AS scored,
           count(*) FILTER (WHERE a.churned_on > s.day AND a.churned_on <= s.day + 80)::int AS events
         FROM steward.account_snapshot s JOIN steward.account a ON a.id = s.account_id
         WHERE s.day = $1 AND s.status IN ('trial', 'customer')`,
        [month.day],
      );
      expect(month).toMatchObject(plain);
    }
    for (const { band, observations, events } of result.bands) {
      const [plain] = await server.dataSource.query(
        `SELECT count(*)::int AS observations,
           count(*) FILTER (WHERE a.churned_on > s.day AND a.churned_on <= s.day + 80)::int AS events
         FROM steward.account_snapshot s JOIN steward.account a ON a.id = s.account_id
         WHERE s.day = ANY($1::date[]) AND s.status IN ('trial', 'customer') AND s.band = $2`,
        [result.months.map(({ day }) => day), band],
      );
      expect({ observations, events }).toEqual(plain);
    }
    expect(result.auc!.value).toBeGreaterThan(0.75);
    expect(result.verdict.kind).toBe('better');
    expect(result.warnings.join(' ')).toMatch(/Only \d+ accounts? churned/);
  });

  it('leaves out month-ends whose horizon is not over, and those without snapshots, and says so', async () => {
    const run = await tried(server, admin, 'backtest', profile, { from: '2025-07', to: '2026-05' });
    const { leftOut, months: tested } = run.backtest!;
    expect(leftOut).toContainEqual({ day: '2026-05-31', why: 'horizon' });
    expect(leftOut).toContainEqual({ day: '2025-07-31', why: 'no_snapshots' });
    // 90 days after 31 March have ended on 29 June; today is 20 June.
    expect(tested.at(-1)?.day).toBe('2026-02-28');
  });

  it('knows nothing of what came later: facts of later days change no score', async () => {
    const before = await tried(server, admin, 'backtest', profile, { ...months, horizonDays: 30 });
    await server.dataSource.query(
      `UPDATE steward.account_state SET signals = array_fill(0::real, ARRAY[64]), stage = NULL`,
    );
    await server.dataSource.query(`UPDATE steward.account_snapshot SET signals = '{}' WHERE day > '2026-03-31'`);
    const after = await tried(server, admin, 'backtest', profile, { ...months, horizonDays: 30 });
    expect(after.backtest).toEqual(before.backtest);
  });

  it('tells chance from a score: outcomes that are dealt anew among accounts give an interval that holds 0.5', async () => {
    const { rows } = await dealtAnew();
    expect(rows).toBeGreaterThan(5);
    const run = await tried(server, admin, 'backtest', profile, { ...months, horizonDays: 80 });
    const { auc, verdict } = run.backtest!;
    expect(auc!.low).toBeLessThan(0.5);
    expect(auc!.high).toBeGreaterThan(0.5);
    expect(verdict).toMatchObject({ kind: 'no_better', sentence: expect.stringContaining('no better than chance') });
    await server.dataSource.query('UPDATE steward.account SET churned_on = NULL');
    await server.dataSource.query(`DELETE FROM steward.account_field WHERE field = 'churnedOn'`);
  });

  it('without any churn says so in words', async () => {
    const run = await tried(server, admin, 'backtest', profile, months);
    expect(run.backtest).toMatchObject({
      events: 0,
      auc: null,
      verdict: { kind: 'cannot_tell' },
      atRisk: { recall: null },
    });
    expect(run.backtest!.verdict.sentence).toContain('no account churned');
    const none = await tried(server, admin, 'backtest', profile, { from: '2020-01', to: '2020-03' });
    expect(none.backtest).toMatchObject({ observations: 0, verdict: { kind: 'cannot_tell' }, coverage: null });
  });

  it('of downgrades counts who pays less at the end of the horizon', async () => {
    const run = await tried(server, admin, 'backtest', profile, { ...months, outcome: 'downgrade', horizonDays: 80 });
    const [month] = run.backtest!.months;
    const [plain] = await server.dataSource.query(
      `SELECT count(*) FILTER (WHERE later < now_minor)::int AS events FROM (
         SELECT coalesce(sum(b.mrr_minor) FILTER (WHERE b.starts_on <= s.day AND (b.ends_on IS NULL OR b.ends_on >= s.day)), 0) AS now_minor,
           coalesce(sum(b.mrr_minor) FILTER (WHERE b.starts_on <= s.day + 80 AND (b.ends_on IS NULL OR b.ends_on >= s.day + 80)), 0) AS later
         FROM steward.account_snapshot s LEFT JOIN steward.subscription b ON b.account_id = s.account_id
         WHERE s.day = $1 AND s.status IN ('trial', 'customer') GROUP BY s.account_id) AS paid`,
      [month!.day],
    );
    expect(month!.events).toBe(plain.events);
    expect(month!.events).toBeGreaterThan(0);
  });
});

/** Who churned when, given to other accounts: chance alone decides who. */
async function dealtAnew(): Promise<{ rows: number }> {
  await server.dataSource.query(
    `UPDATE steward.account a SET churned_on = d.churned_on FROM (
       SELECT l.id, o.churned_on FROM
         (SELECT id, row_number() OVER (ORDER BY md5(id::text || 'dealt')) AS place FROM steward.account WHERE status <> 'prospect') l
         JOIN (SELECT churned_on, row_number() OVER (ORDER BY id) AS place FROM steward.account WHERE status <> 'prospect') o USING (place)
     ) d WHERE a.id = d.id`,
  );
  await server.dataSource.query(`DELETE FROM steward.account_field WHERE field = 'churnedOn'`);
  // Who left is observed to the end as well, so that chance is all there is.
  await server.dataSource.query(`UPDATE steward.account_snapshot SET status = 'customer' WHERE status = 'churned'`);
  const [{ rows }] = await server.dataSource.query(
    `SELECT count(*)::int AS rows FROM steward.account WHERE churned_on IS NOT NULL`,
  );
  return { rows };
}

describe('weights', () => {
  it('are refused in words where too few churned', async () => {
    const run = await tried(server, admin, 'weights', profile, months);
    expect(run.weights).toMatchObject({ body: null, refusal: expect.stringContaining('from 100 accounts on') });
  });
});

describe('a run', () => {
  it('is one at a time, is cancelled, and is then nobody’s', async () => {
    const first = await order(admin, 'backtest', profile, months);
    expect((await order(admin, 'weights', profile, months)).body.code).toBe('STUDIO_BUSY');
    expect((await admin.get(`${STUDIO}/history`)).body.busy).toBe(true);
    const cancelled = await admin.post(`${STUDIO}/runs/${first.body.id}/cancel`);
    expect(cancelled.body.state).toBe('cancelled');
    await server.app.get(HistoryWorker, { strict: false }).work(first.body.id);
    expect((await admin.get(`${STUDIO}/runs/${first.body.id}`)).body).toMatchObject({
      state: 'cancelled',
      backtest: null,
    });
    expect((await admin.post(`${STUDIO}/runs/${first.body.id}/cancel`)).body.code).toBe('RUN_ENDED');
    expect((await admin.get(`${STUDIO}/history`)).body.busy).toBe(false);
  });

  it('is taken up again where its worker was killed, and comes out the same', async () => {
    const whole = await tried(server, admin, 'backtest', profile, months);
    const killed = (await order(admin, 'backtest', profile, months)).body.id;
    await server.dataSource.query(
      `UPDATE steward.backtest SET state = 'running', attempt = 1, done = 1, steps = 3, heartbeat_at = $2 WHERE id = $1`,
      [killed, server.clock.now()],
    );
    const worker = server.app.get(HistoryWorker, { strict: false });
    await worker.work(killed);
    expect((await admin.get(`${STUDIO}/runs/${killed}`)).body).toMatchObject({
      state: 'running',
      progress: { done: 1 },
    });
    server.clock.advance({ minutes: 4 });
    await worker.work(killed);
    const after = (await admin.get(`${STUDIO}/runs/${killed}`)).body;
    expect(after).toMatchObject({ state: 'done', progress: { done: 2, of: 3 } });
    expect(after.backtest).toEqual(whole.backtest);
  });

  it('outlives any number of restarts: a worker that stops in good order has not failed', async () => {
    const { id } = (await order(admin, 'backtest', profile, months)).body;
    const worker = server.app.get(HistoryWorker, { strict: false });
    const stopping = new AbortController();
    stopping.abort();
    for (let restart = 0; restart < 5; restart += 1) await worker.work(id, stopping.signal);
    const [row] = await server.dataSource.query('SELECT state, attempt FROM steward.backtest WHERE id = $1', [id]);
    expect(row).toEqual({ state: 'running', attempt: 0 });
    await worker.work(id);
    expect((await admin.get(`${STUDIO}/runs/${id}`)).body.state).toBe('done');
  });

  it('stops where a person cancels it under way', async () => {
    const { id } = (await order(admin, 'backtest', profile, months)).body;
    await server.dataSource.query(`UPDATE steward.backtest SET state = 'cancelling' WHERE id = $1`, [id]);
    await server.app.get(HistoryWorker, { strict: false }).work(id);
    expect((await admin.get(`${STUDIO}/runs/${id}`)).body).toMatchObject({ state: 'cancelled', backtest: null });
  });

  it('is theirs who ordered it, and of those who see all accounts', async () => {
    const manager = await server.as('manager');
    const own = await tried(server, manager, 'backtest', profile, months);
    const ofAdmin = await tried(server, admin, 'backtest', profile, months);
    expect((await manager.get(`${STUDIO}/runs/${ofAdmin.id}`)).status).toBe(404);
    expect((await admin.get(`${STUDIO}/runs/${own.id}`)).body.backtest.observations).toBe(own.backtest!.observations);
    const listed = (await manager.get(`${STUDIO}/runs`)).body.runs.map(({ id }: any) => id);
    expect(listed).toEqual([own.id]);
    expect((await server.as('csm').then((csm) => csm.get(`${STUDIO}/runs`))).status).toBe(403);
  });
});
