import { BUILT_IN_ALERT_RULES } from '../../../apps/api/src/domain/alerts/built-in.js';
import { toDay } from '../../../apps/api/src/domain/calendar/day.js';
import { all, field } from '../../../apps/api/src/domain/rule-builders.js';
import { factsByDay, sampleCompany } from '../../../apps/api/src/domain/sample/company.js';
import { Replay } from '../../../apps/api/src/pipeline/run/replay.service.js';
import { BuiltInAlertRulesRepository } from '../../../apps/api/src/records/alert-rules/built-in-alert-rules.repository.js';
import {
  anAccount,
  anAnswer,
  anEvent,
  aPulse,
  aTicket,
  daysFrom,
  type KeptWorld,
  PipelineWorld,
  usd,
} from '../pipeline/pipeline-world.js';
import { act, alertEvents, alerts, keepRule } from './alert-world.js';

const isSmall = all(field('account.status', 'eq', 'customer'), field('account.arr', 'lt', 50_000));

const replay = (world: PipelineWorld, from: string, to: string) =>
  world.app.get(Replay, { strict: false }).run(toDay(from), toDay(to));

describe('alerts of days past', () => {
  let world: PipelineWorld;
  let begun: KeptWorld;
  beforeAll(async () => {
    world = await PipelineWorld.open('2026-04-15T08:00:00Z');
    await keepRule(world, isSmall);
    // Small from 5 to 9 April, and again since the 12th.
    for (const [day, arr] of [
      ['2026-03-01', 80_000],
      ['2026-04-05', 20_000],
      ['2026-04-10', 80_000],
      ['2026-04-12', 20_000],
    ] as const) {
      await world.deliver(anAccount('a', { arr: usd(arr), customerSince: '2024-01-01' }, day));
    }
    await world.deliver(anAccount('small', { arr: usd(1_000), customerSince: '2024-01-01' }, '2026-03-01'));
    await world.backfill('2026-03-20', '2026-04-14');
    await world.drain();
    begun = await world.keep();
  }, 60_000);
  beforeEach(async () => {
    world = await begun.copy();
  });
  afterEach(() => world.close());
  afterAll(() => begun?.close());

  it('begin and end on their days, are told to nobody, and go on today', async () => {
    expect(await alerts(world)).toEqual(['a open start 2026-04-15', 'small open start 2026-04-15']);
    await world.query('UPDATE steward.alert_rule SET cool_down_days = 1');
    await replay(world, '2026-04-01', '2026-04-14');
    await world.drain();
    expect(await alerts(world)).toEqual([
      'a cleared replay 2026-04-05→2026-04-11',
      'a open replay 2026-04-12',
      'small open replay 2026-04-01',
    ]);
    expect((await alertEvents(world)).filter((event) => event.endsWith('news'))).toEqual([]);
    expect(await world.query('SELECT DISTINCT escalate_at, unread FROM steward.alert')).toEqual([
      { escalate_at: null, unread: false },
    ]);
  });

  it('keep to the cool-down, and are the same when made twice', async () => {
    await replay(world, '2026-04-01', '2026-04-14');
    await world.drain();
    const once = await world.query('SELECT * FROM steward.alert WHERE started = $1 ORDER BY id', ['replay']);
    expect(await alerts(world)).toEqual(['a cleared replay 2026-04-05→2026-04-11', 'small open replay 2026-04-01']);
    await replay(world, '2026-04-01', '2026-04-14');
    await world.drain();
    expect(await world.query('SELECT * FROM steward.alert WHERE started = $1 ORDER BY id', ['replay'])).toEqual(once);
  });

  it('are refused where people have lived through the days, and for days that are not closed', async () => {
    await expect(replay(world, '2026-04-01', '2026-04-15')).rejects.toMatchObject({ code: 'DAY_NOT_CLOSED' });
    await replay(world, '2026-04-05', '2026-04-14');
    await expect(replay(world, '2026-04-10', '2026-04-14')).rejects.toMatchObject({ code: 'ALERTS_REACH_IN' });
    await act(world, 'small', `started = 'change'`);
    await expect(replay(world, '2026-04-01', '2026-04-14')).rejects.toMatchObject({ code: 'PEOPLE_HAVE_ACTED' });
  });
});

const fellBy20 = (overDays: number) =>
  all(field('account.status', 'eq', 'customer'), {
    kind: 'change',
    field: 'health.score',
    direction: 'down',
    by: 20,
    unit: 'points',
    overDays,
  });

describe('a score that falls just after the first day that is kept', () => {
  let world: PipelineWorld;
  beforeAll(async () => {
    world = await PipelineWorld.open('2026-04-15T08:00:00Z');
    await world.deliver(anAccount('a', { arr: usd(80_000), customerSince: '2024-01-01' }, '2026-01-01'));
    await world.deliver(...daysFrom('2026-01-20', '2026-04-14').map((day) => anEvent('a', day)));
    await world.deliver(anAnswer('a', '2026-03-01', 10), aPulse('a', '2026-03-01', 5));
    // What follows is bad all at once.
    await world.deliver(anAnswer('a', '2026-04-12', 0), aPulse('a', '2026-04-12', 1));
    await world.deliver(...['t1', 't2', 't3', 't4'].map((id) => aTicket('a', id, '2026-04-12')));
    await keepRule(world, fellBy20(30));
    await world.backfill('2026-04-08', '2026-04-14');
  }, 60_000);
  afterAll(() => world.close());

  it('is kept with what it fell from, which no snapshot tells', async () => {
    await replay(world, '2026-04-08', '2026-04-14');
    const [{ opened_day: opened, evidence }] = await world.query('SELECT opened_day, evidence FROM steward.alert');
    const [{ score, health_change: change }] = await world.snapshots(opened, opened);
    expect(opened).toBe('2026-04-12');
    expect(change).toBeLessThanOrEqual(-20);
    expect(evidence.loss).toEqual({ field: 'health.score', before: score - change, at: score });
  });

  it('is so on the day that runs, over fewer days, too', async () => {
    const rule = await keepRule(world, fellBy20(14));
    await world.drain();
    const [{ evidence }] = await world.query('SELECT evidence FROM steward.alert WHERE rule_id = $1', [rule]);
    const { score, score_ring: ring } = await world.state('a');
    expect(ring[30 - 14]).toBeGreaterThanOrEqual(score + 20);
    expect(evidence.loss).toEqual({ field: 'health.score', before: ring[30 - 14], at: score });
  });
});

describe('ninety days of a sample company', () => {
  let world: PipelineWorld;
  beforeAll(async () => {
    world = await PipelineWorld.open('2026-06-15T08:00:00Z');
    const company = sampleCompany({ accounts: 30, months: 5, seed: 7, to: toDay('2026-06-14') });
    for (const { facts } of factsByDay(company)) if (facts.length > 0) await world.deliver(...facts);
    await world.unitOfWork.run((tx) =>
      new BuiltInAlertRulesRepository().addMissing(tx, BUILT_IN_ALERT_RULES, new Date('2026-06-15T08:00:00Z')),
    );
    await world.backfill('2026-03-10', '2026-06-14', true);
    await replay(world, '2026-03-17', '2026-06-14');
  }, 240_000);
  afterAll(() => world.close());

  it('have alerts, never two at a time of a rule on an account, each after the cool-down of the one before', async () => {
    const [{ count, rules }] = await world.query(
      'SELECT count(*)::int AS count, count(DISTINCT rule_id)::int AS rules FROM steward.alert',
    );
    expect(count).toBeGreaterThan(10);
    expect(rules).toBeGreaterThan(3);
    const close = await world.query(
      `SELECT x.id FROM steward.alert x JOIN steward.alert y ON y.account_id = x.account_id AND y.rule_id = x.rule_id
         AND y.id <> x.id AND y.opened_day >= x.opened_day
         AND (x.ended_day IS NULL OR y.opened_day < x.ended_day + 14)`,
    );
    expect(close).toEqual([]);
  });

  it('fire the rule of failed payments on the first day on which its snapshots meet it', async () => {
    const found = await world.query(
      `SELECT t.account_id, min(t.opened_day) AS day FROM steward.alert t JOIN steward.alert_rule r ON r.id = t.rule_id
       WHERE r.key = 'payment' GROUP BY 1 ORDER BY 1`,
    );
    const expected = await world.query(
      `SELECT account_id, min(day) AS day FROM steward.account_snapshot
       WHERE day BETWEEN '2026-03-17' AND '2026-06-14' AND status IN ('trial', 'customer')
         AND (signals[30] >= 1 OR signals[29] >= 15) GROUP BY 1 ORDER BY 1`,
    );
    expect(expected.length).toBeGreaterThan(0);
    expect(found).toEqual(expected);
  });

  it('leave an alert live as long as its rule holds', async () => {
    const ended = await world.query(
      `SELECT t.id FROM steward.alert t JOIN steward.alert_rule r ON r.id = t.rule_id
         JOIN steward.account_snapshot s ON s.account_id = t.account_id AND s.day IN (t.ended_day, t.ended_day - 1)
       WHERE r.key = 'payment' AND s.status IN ('trial', 'customer') AND (s.signals[30] >= 1 OR s.signals[29] >= 15)`,
    );
    expect(ended).toEqual([]);
  });

  it('keep what a score fell from, and clear when half of it is made good or the band is healthy', async () => {
    const fallen = await world.query(
      `SELECT t.account_id, t.opened_day, t.ended_day, (t.evidence -> 'loss' ->> 'before')::float8 AS before,
         (t.evidence -> 'loss' ->> 'at')::float8 AS at, t.score_noted::float8 AS noted, s.score::float8 AS score, s.band,
         s.status
       FROM steward.alert t JOIN steward.alert_rule r ON r.id = t.rule_id
       LEFT JOIN steward.account_snapshot s ON s.account_id = t.account_id AND s.day = t.ended_day
       WHERE r.key = 'churn_risk'`,
    );
    expect(fallen.length).toBeGreaterThan(0);
    for (const { before, at, noted, ended_day, score, band, status } of fallen) {
      expect(before - at).toBeGreaterThanOrEqual(20);
      const isOver = status === 'churned' || band === 'healthy' || score >= (before + Math.min(at, noted)) / 2;
      if (ended_day !== null) expect(isOver).toBe(true);
    }
  });
});
