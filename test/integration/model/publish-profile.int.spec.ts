import type { FactRow } from '../../../apps/api/src/domain/values/fact-rows.js';
import { keepPlaybook } from '../goals/goal-world.js';
import { anAccount, aPulse, usd } from '../pipeline/pipeline-world.js';
import { ModelWorld } from './model-world.js';

const names = Array.from({ length: 12 }, (_, n) => `A${n}`);

/** Accounts whose only measure is the pulse: 6 is 100 points, 5 is 80. */
const facts = (): FactRow[] =>
  names.flatMap((name, n) => [
    anAccount(name, { status: 'customer', arr: usd(120_000 + n), customerSince: '2024-01-01' }),
    aPulse(name, '2026-04-07', n % 2 ? 5 : 6),
  ]);

describe('publishing a health profile', () => {
  let world: ModelWorld;
  let standard: { id: string; version: number; body: any };

  beforeAll(async () => {
    world = await ModelWorld.start('2026-04-08T09:00:00Z');
    await world.deliver(...facts());
    await world.refresh();
    await world.nextDay();
    await world.nextDay();
    const { profiles } = (await world.admin.get('/api/v1/health-profiles')).body;
    standard = profiles.at(-1);
  }, 180_000);
  afterAll(() => world?.server.close());

  const base = () => `health-profiles/${standard.id}`;
  const onlyPulse = (from: number, to: number) => ({
    ...standard.body,
    groups: [
      {
        key: 'pulse',
        label: 'Pulse',
        weight: 1,
        measures: [{ signal: 'sentiment.pulse', weight: 1, normalizer: { kind: 'linear', from, to } }],
      },
    ],
    limits: [],
  });
  const states = () =>
    world.query(
      `SELECT account_id, score, band, health_change, model_change FROM steward.account_state ORDER BY account_id`,
    );
  const alerts = () =>
    world.query(`SELECT r.key, a.started, a.state, a.account_id FROM steward.alert a JOIN steward.alert_rule r ON r.id = a.rule_id
      WHERE a.state IN ('pending', 'open') ORDER BY r.key, a.account_id`);
  const notifications = async () => (await world.query('SELECT count(*)::int AS n FROM steward.notification'))[0].n;

  it('moves scores and bands at once, fires no alert, and rolling back brings both back', async () => {
    await world.publish(base(), onlyPulse(1, 6));
    await world.nextDay();
    const before = await states();
    expect(before.every(({ band }) => band === 'healthy')).toBe(true);
    expect(await alerts()).toEqual([]);
    const told = await notifications();
    const { version } = (await world.admin.get('/api/v1/health-profiles')).body.profiles.at(-1);

    // From now on only a pulse of 6 is any good: half of the accounts fall to 0, by the model alone.
    const published = await world.publish(base(), onlyPulse(5, 6));
    const after = await states();
    expect(after.filter(({ band }) => band === 'at_risk')).toHaveLength(6);
    expect(after.filter(({ model_change }) => model_change < 0)).toHaveLength(6);
    expect(after.every(({ health_change }) => health_change === null || health_change === 0)).toBe(true);
    const found = await alerts();
    // What is at risk is known, as of something that has always been so; nobody is told of it.
    expect(found.map(({ key, started }) => [key, started])).toEqual(
      new Array(6).fill(['churn_risk_top_tiers', 'start']),
    );
    expect(await notifications()).toBe(told);

    await world.rollBack(base(), version, published);
    const strip = (rows: any[]) => rows.map(({ account_id, score, band }) => ({ account_id, score, band }));
    expect(strip(await states())).toEqual(strip(before));
    await world.nextDay();
    expect((await states()).every(({ band }) => band === 'healthy')).toBe(true);
    expect(await notifications()).toBe(told);
  });

  it('is no entry into a segment and starts no playbook; what an account does by itself is one', async () => {
    const atRisk = { kind: 'compare', field: 'health.band', op: 'eq', value: 'at_risk' };
    const made = await world.admin.post('/api/v1/segments', { name: 'Reds', rule: atRisk, visibility: 'shared' });
    const segment = made.body.id;
    const triggers = { segmentIds: [segment], alertRuleIds: [] };
    await keepPlaybook({ dataSource: world.server.dataSource } as never, { target: { kind: 'tasks' }, triggers });
    await world.nextDay(aPulse('A1', '2026-04-11', 6));
    const members = async () =>
      (await world.query('SELECT how FROM steward.segment_member WHERE segment_id = $1', [segment])).map(
        ({ how }) => how,
      );
    const events = () =>
      world.query('SELECT kind, account_id FROM steward.segment_event WHERE segment_id = $1', [segment]);
    const started = () => world.query('SELECT account_id FROM steward.goal');
    expect(await members()).toEqual([]);

    const { version } = (await world.admin.get('/api/v1/health-profiles')).body.profiles.at(-1);
    const published = await world.publish(base(), onlyPulse(5, 6));
    await world.nextDay();
    expect(await members()).toEqual(new Array(5).fill('baseline'));
    expect([await events(), await started()]).toEqual([[], []]);

    await world.nextDay(aPulse('A0', '2026-04-13', 5));
    expect((await members()).sort()).toEqual([...new Array(5).fill('baseline'), 'rule']);
    const own = [{ account_id: world.idOf('A0') }];
    expect(await events()).toEqual(own.map((each) => ({ kind: 'entered', ...each })));
    expect(await started()).toEqual(own);

    await world.nextDay();
    await world.rollBack(base(), version, published);
    expect(await members()).toEqual([]);
    expect(await events()).toHaveLength(1);
  });

  it('scores nobody by a profile that is off, and explains old scores by one that was deleted', async () => {
    const { body: made } = await world.admin.post('/api/v1/health-profiles', { name: 'Large' });
    const scope = { kind: 'compare', field: 'account.arr', op: 'gte', value: 120_006 };
    await world.publish(`health-profiles/${made.id}`, { ...onlyPulse(5, 6), scope });
    const byProfile = async () =>
      (
        await world.query(
          `SELECT count(*)::int AS n FROM steward.account_state s
          JOIN steward.health_profile_version v ON v.id = s.health_version_id WHERE v.profile_id = $1`,
          [made.id],
        )
      )[0].n;
    expect(await byProfile()).toBe(6);
    const off = await world.admin.patch(`/api/v1/health-profiles/${made.id}`, { revision: 1, active: false });
    expect(off.status).toBe(200);
    await world.refresh();
    expect(await byProfile()).toBe(0);
    await world.admin.patch(`/api/v1/health-profiles/${made.id}`, { revision: 2, active: true });
    await world.refresh();
    expect(await byProfile()).toBe(6);
    await world.nextDay();
    expect((await world.admin.delete(`/api/v1/health-profiles/${made.id}?revision=3`)).status).toBe(204);
    await world.refresh();
    expect(await byProfile()).toBe(0);
    const id = world.idOf('A8');
    const then = await world.admin.get(`/api/v1/accounts/${id}/explanation?asOf=2026-04-11`);
    expect(then).toMatchObject({ status: 200 });
  });
});
