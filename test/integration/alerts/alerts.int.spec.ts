import { all, field } from '../../../apps/api/src/domain/rule-builders.js';
import { anAccount, type KeptWorld, PipelineWorld, usd } from '../pipeline/pipeline-world.js';
import { act, alertEvents, alerts, goTo, keepRule } from './alert-world.js';

const isSmall = all(field('account.status', 'eq', 'customer'), field('account.arr', 'lt', 50_000));

describe('alerts from day to day', () => {
  let world: PipelineWorld;
  let begun: KeptWorld;
  beforeAll(async () => {
    world = await PipelineWorld.open('2026-04-10T08:00:00Z');
    await keepRule(world, isSmall);
    await deliver('small', 10_000);
    await deliver('large', 80_000);
    await world.drain();
    await goTo(world, '2026-04-15');
    begun = await world.keep();
  }, 60_000);
  beforeEach(async () => {
    world = await begun.copy();
  });
  afterEach(() => world.close());
  afterAll(() => begun?.close());

  const deliver = (id: string, arr: number) =>
    world.deliver(anAccount(id, { arr: usd(arr), customerSince: '2024-01-01' }));
  const shrink = async () => {
    await deliver('large', 20_000);
    await world.drain();
  };

  it('begin as true at start where the rule is first asked, and tell nobody', async () => {
    expect(await alerts(world)).toEqual(['small open start 2026-04-10']);
    expect(await alertEvents(world)).toEqual(['small opened 2026-04-10']);
  });

  it('begin when the rule comes to hold, with the reason and what it rests on', async () => {
    await shrink();
    expect(await alerts(world, `t.started = 'change'`)).toEqual(['large open change 2026-04-15']);
    expect(await alertEvents(world)).toEqual(['small opened 2026-04-10', 'large opened 2026-04-15 news']);
    const [row] = await world.query(`SELECT reason, evidence, unread FROM steward.alert WHERE started = 'change'`);
    expect(row).toEqual({
      reason: 'ARR is 20,000 USD',
      evidence: {
        values: [
          { field: 'account.status', value: 'customer' },
          { field: 'account.arr', value: 20_000 },
        ],
        leaves: [0, 1],
        loss: null,
      },
      unread: true,
    });
  });

  it('are the same however often the day is run', async () => {
    await shrink();
    const before = await world.query('SELECT * FROM steward.alert ORDER BY id');
    await world.refresh();
    await deliver('large', 20_001);
    await world.drain();
    expect(await world.query('SELECT * FROM steward.alert ORDER BY id')).toEqual(before);
  });

  it('clear when the rule has not held on two closed days on end', async () => {
    await shrink();
    await goTo(world, '2026-04-17');
    await deliver('large', 90_000);
    await goTo(world, '2026-04-18');
    const [row] = await world.query(
      `SELECT state, last_matched_day, clear_since_day FROM steward.alert WHERE started = 'change'`,
    );
    expect(row).toEqual({ state: 'open', last_matched_day: '2026-04-16', clear_since_day: '2026-04-17' });
    await goTo(world, '2026-04-19');
    expect(await alerts(world, `t.started = 'change'`)).toEqual(['large cleared change 2026-04-15→2026-04-18']);
    expect(await alertEvents(world)).toContain('large cleared 2026-04-18');
  });

  it('do not clear when the rule holds again between two closed days', async () => {
    await shrink();
    await goTo(world, '2026-04-17');
    await deliver('large', 90_000);
    await goTo(world, '2026-04-18');
    await deliver('large', 20_000);
    await goTo(world, '2026-04-19');
    await deliver('large', 90_000);
    await goTo(world, '2026-04-20');
    expect(await alerts(world, `t.started = 'change'`)).toEqual(['large open change 2026-04-15']);
  });

  it('come again only after the cool-down from their end', async () => {
    await act(world, 'small', `state = 'resolved', outcome = 'successful', ended_day = '2026-04-15'`);
    await goTo(world, '2026-04-28');
    expect(await alerts(world)).toEqual(['small resolved start 2026-04-10→2026-04-15']);
    await goTo(world, '2026-04-29');
    expect(await alerts(world)).toEqual(['small resolved start 2026-04-10→2026-04-15', 'small open change 2026-04-29']);
  });

  it('come again after a false alarm only when the condition was false for a day as well', async () => {
    await act(world, 'small', `state = 'resolved', outcome = 'falseAlarm', ended_day = '2026-04-15'`);
    await goTo(world, '2026-05-02');
    await deliver('small', 60_000);
    await goTo(world, '2026-05-03');
    expect(await alerts(world)).toHaveLength(1);
    await goTo(world, '2026-05-04');
    await deliver('small', 10_000);
    await world.drain();
    expect(await alerts(world, `t.started = 'change'`)).toEqual(['small open change 2026-05-04']);
  });

  it('wake from a snooze on the day until which it was', async () => {
    await act(world, 'small', `state = 'snoozed', snoozed_until = '2026-04-17', unread = false`);
    await goTo(world, '2026-04-16');
    expect(await alerts(world)).toEqual(['small snoozed start 2026-04-10']);
    await goTo(world, '2026-04-17');
    expect(await alerts(world)).toEqual(['small open start 2026-04-10']);
    expect(await world.query('SELECT unread, snoozed_until FROM steward.alert')).toEqual([
      { unread: true, snoozed_until: null },
    ]);
  });

  it('get no second time to answer once somebody has answered, whoever wakes them', async () => {
    await world.query(`UPDATE steward.alert_rule SET severity = 'high'`);
    await shrink();
    const large = () =>
      world.query(`SELECT state, escalate_at IS NOT NULL AS escalates FROM steward.alert WHERE started = 'change'`);
    expect(await large()).toEqual([{ state: 'open', escalates: true }]);
    const answered = `escalate_at = NULL, acknowledged_at = '2026-04-15T08:00Z'`;
    await act(world, 'large', `state = 'open', ${answered}`);
    await world.refresh();
    expect(await large()).toEqual([{ state: 'open', escalates: false }]);
    await act(world, 'large', `state = 'snoozed', snoozed_until = '2026-04-16'`);
    await goTo(world, '2026-04-17');
    expect(await large()).toEqual([{ state: 'open', escalates: false }]);
  });

  it('take up an edited rule as true at start, and end with a rule that is gone', async () => {
    await world.query(`UPDATE steward.alert_rule SET rule = $1, rule_version = nextval('steward.alert_rule_number')`, [
      JSON.stringify(field('account.arr', 'gt', 0)),
    ]);
    await world.drain();
    expect(await alerts(world)).toEqual(['large open start 2026-04-15', 'small open start 2026-04-10']);
    await world.query('DELETE FROM steward.alert_rule');
    await goTo(world, '2026-04-17');
    expect(await alerts(world)).toEqual([
      'large cleared start 2026-04-15→2026-04-16',
      'small cleared start 2026-04-10→2026-04-16',
    ]);
  });

  it('follow the severity that the rule has for the tier', async () => {
    await world.query(`UPDATE steward.alert_rule SET tier_severity = '{"T1": "critical"}'`);
    await world.query(`INSERT INTO steward.tier_override (account_id, id, tier, from_day, reason, created_at)
      SELECT account_id, gen_random_uuid(), 'T1', '2026-04-15', 'ours', now() FROM steward.alert`);
    await world.refresh();
    expect(await world.query('SELECT severity FROM steward.alert')).toEqual([{ severity: 'critical' }]);
    expect(await alertEvents(world)).toContain('small severity 2026-04-15');
  });
});
