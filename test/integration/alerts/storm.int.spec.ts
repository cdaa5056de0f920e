import { all, field } from '../../../apps/api/src/domain/rule-builders.js';
import { PendingAlerts } from '../../../apps/api/src/records/alert-rules/pending-alerts.reader.js';
import { anAccount, aTicket, type KeptWorld, PipelineWorld, usd } from '../pipeline/pipeline-world.js';
import { alertEvents, alerts, goTo, keepRule } from './alert-world.js';

const isSmall = all(field('account.status', 'eq', 'customer'), field('account.arr', 'lt', 50_000));
const ADMIN = '00000000-0000-4000-8000-00000000000a';

describe('alerts over all accounts', () => {
  let world: PipelineWorld;
  let rule: string;
  const names = Array.from({ length: 60 }, (_, index) => `account-${String(index).padStart(2, '0')}`);
  let large: KeptWorld;
  beforeAll(async () => {
    world = await PipelineWorld.open('2026-04-10T08:00:00Z');
    rule = await keepRule(world, isSmall, { severity: 'high' });
    await deliver(names, 80_000);
    await world.drain();
    await goTo(world, '2026-04-15');
    large = await world.keep();
  }, 60_000);
  beforeEach(async () => {
    world = await large.copy();
  });
  afterEach(() => world.close());
  afterAll(() => large?.close());

  const deliver = (ids: string[], arr: number) =>
    world.deliver(...ids.map((id) => anAccount(id, { arr: usd(arr), customerSince: '2024-01-01' })));
  const states = async () => {
    const rows = await world.query('SELECT state, count(*)::int AS n FROM steward.alert GROUP BY 1 ORDER BY 1');
    return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
  };
  /** Kinds of events that are not the same when they are written down twice. */
  const byChance = async () =>
    (await world.query('SELECT DISTINCT kind FROM steward.alert_event WHERE uuid_extract_version(id) <> 5')).map(
      ({ kind }) => kind,
    );
  const decision = () => ({ by: ADMIN, at: world.clock.now(), today: '2026-04-15' });

  it('wait for an admin where a rule would fire on more than a fifth of them in a day, and on twenty at least', async () => {
    await deliver(names.slice(0, 21), 10_000);
    await world.drain();
    expect(await states()).toEqual({ pending: 21 });
    expect(await alertEvents(world)).toEqual([]);
    expect(
      await world.query('SELECT rule_id, reason, would_fire, in_scope, decision FROM steward.alert_rule_hold'),
    ).toEqual([{ rule_id: rule, reason: 'storm', would_fire: 21, in_scope: 60, decision: null }]);
    await deliver(names.slice(21, 22), 10_000);
    await deliver(names.slice(0, 1), 80_000);
    await world.drain();
    expect(await states()).toEqual({ pending: 21 });
    await goTo(world, '2026-04-17');
    expect(await states()).toEqual({ pending: 21 });
  });

  it('are shown when the admin lets them pass, and begin to run for their escalation then', async () => {
    await deliver(names.slice(0, 21), 10_000);
    await world.drain();
    world.now = '2026-04-15T10:00:00Z';
    expect(await world.unitOfWork.run((tx) => new PendingAlerts().release(tx, rule, decision()))).toBe(21);
    expect(await states()).toEqual({ open: 21 });
    expect(await byChance()).toEqual([]);
    expect((await alertEvents(world)).filter((event) => event.endsWith('news'))).toHaveLength(21);
    expect(await world.unitOfWork.run((tx) => new PendingAlerts().release(tx, rule, decision()))).toBeNull();
    await deliver(names.slice(30, 40), 10_000);
    await world.drain();
    expect(await states()).toEqual({ open: 31 });
  });

  it('are shown all where there are more than are changed at once', async () => {
    await deliver(names.slice(0, 21), 10_000);
    await world.drain();
    await world.query(
      `CREATE TEMPORARY TABLE more AS SELECT * FROM steward.alert, generate_series(1, 110) AS copy;
       UPDATE more SET id = gen_random_uuid(), rule_id = ('00000000-0000-4000-8000-' || lpad(copy::text, 12, '0'))::uuid;
       ALTER TABLE more DROP COLUMN copy;
       INSERT INTO steward.alert SELECT * FROM more`,
    );
    const ids = (await world.query('SELECT DISTINCT rule_id FROM steward.alert')).map(({ rule_id }) => rule_id);
    const opened = await world.unitOfWork.run((tx) => new PendingAlerts().open(tx, ids, world.clock.now()));
    expect([opened, await states(), (await alertEvents(world)).length]).toEqual([2331, { open: 2331 }, 2331]);
  });

  it('are never shown when the admin drops them', async () => {
    await deliver(names.slice(0, 21), 10_000);
    await world.drain();
    expect(await world.unitOfWork.run((tx) => new PendingAlerts().drop(tx, rule, decision()))).toBe(21);
    await goTo(world, '2026-05-10');
    expect(await states()).toEqual({ dropped: 21 });
    expect(await byChance()).toEqual([]);
  });

  it('wait for the end of a run over all accounts, which knows how many there are', async () => {
    await deliver(names.slice(0, 21), 10_000);
    await goTo(world, '2026-04-16');
    expect(await states()).toEqual({ pending: 21 });
  });

  it('escalate when nobody acknowledges them within the promise of the tier, in business hours', async () => {
    await deliver(names.slice(0, 2), 10_000);
    await world.drain();
    const [{ escalate_at }] = await world.query('SELECT DISTINCT escalate_at FROM steward.alert');
    // T2, which they fall from after 30 days, promises 8 hours; the office opens at 9.
    expect(escalate_at.toISOString()).toBe('2026-04-15T17:00:00.000Z');
    await world.query(`UPDATE steward.alert SET state = 'acknowledged', revision = revision + 1
      WHERE account_id = (SELECT id FROM steward.account WHERE external_id = 'account-00')`);
    world.now = '2026-04-15T17:00:01Z';
    await world.closeDays();
    await world.drain();
    await world.drain();
    expect((await alertEvents(world)).filter((event) => event.includes('escalated'))).toEqual([
      'account-01 escalated 2026-04-15 news',
    ]);
    expect(await byChance()).toEqual([]);
  });

  it('are the same when four workers close the days', async () => {
    await deliver(names.slice(0, 10), 10_000);
    const workers = [world, await world.another(), await world.another(), await world.another()];
    for (const day of ['2026-04-16', '2026-04-17', '2026-04-18']) {
      for (const worker of workers) worker.now = `${day}T08:00:00Z`;
      await Promise.all(
        workers.map(async (worker) => {
          await worker.closeDays();
          await worker.drain();
        }),
      );
    }
    expect(await alerts(world)).toEqual(names.slice(0, 10).map((id) => `${id} open change 2026-04-15`));
    const kinds = (await alertEvents(world)).map((event) => event.split(' ')[1]);
    expect(kinds.filter((kind) => kind === 'opened')).toHaveLength(10);
    expect(kinds.filter((kind) => kind === 'escalated')).toHaveLength(10);
    expect(kinds).toHaveLength(20);
    await Promise.all(workers.slice(1).map((worker) => worker.app.close()));
  });
});

describe('alerts whose source is silent', () => {
  let world: PipelineWorld;
  beforeEach(async () => {
    world = await PipelineWorld.open('2026-04-01T08:00:00Z');
    await keepRule(world, field('support.tickets', 'lt', 1));
    await world.deliver(anAccount('quiet'), anAccount('busy'));
    for (let day = 1; day <= 8; day += 1) {
      const iso = `2026-04-0${day}`;
      await goTo(world, iso);
      await world.deliver(aTicket('busy', `t${day}`, iso));
      await world.drain();
    }
  }, 60_000);
  afterEach(() => world.close());

  it('neither begin nor clear, and say so', async () => {
    expect(await alerts(world, `t.state = 'open'`)).toHaveLength(1);
    await goTo(world, '2026-04-14');
    expect(await world.query('SELECT held_reason FROM steward.alert WHERE ended_day IS NULL')).toEqual([
      { held_reason: 'silentSource' },
    ]);
    expect(await world.query('SELECT reason, source FROM steward.alert_rule_hold')).toEqual([
      { reason: 'silentSource', source: 'tickets' },
    ]);
    await world.deliver(aTicket('busy', 'again', '2026-04-14'));
    await goTo(world, '2026-04-15');
    expect(await world.query('SELECT held_reason FROM steward.alert WHERE ended_day IS NULL')).toEqual([
      { held_reason: null },
    ]);
    expect(await world.query('SELECT reason FROM steward.alert_rule_hold')).toEqual([]);
  });
});
