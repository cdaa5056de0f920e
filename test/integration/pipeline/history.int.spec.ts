import { FillStateBandRing1797012420000 } from '@steward/migrations/1797012420000-fill-state-band-ring';
import { CreateAccountTerms1797012600000 } from '@steward/migrations/1797012600000-create-account-terms';
import { profileBodySchema } from '@steward/shared/health';
import { LOCKS } from '../../../apps/api/src/db/advisory-locks.js';
import { toDay } from '../../../apps/api/src/domain/calendar/day.js';
import { compileProfile } from '../../../apps/api/src/domain/health/profile.js';
import { scoreOf } from '../../../apps/api/src/domain/health/score.js';
import { BUILT_IN_SIGNALS } from '../../../apps/api/src/domain/signals/built-in.js';
import type { FactRow } from '../../../apps/api/src/domain/values/fact-rows.js';
import { DayClose } from '../../../apps/api/src/pipeline/run/day-close.service.js';
import type { Run } from '../../../apps/api/src/pipeline/run/run.repository.js';
import { Runs } from '../../../apps/api/src/pipeline/run/runs.service.js';
import { anAccount, anAnswer, anEvent, aPulse, aTicket, daysFrom, PipelineWorld, usd } from './pipeline-world.js';

const FROM = '2026-03-05';
const TO = '2026-03-09';
/** A backfill walks in from thirty days before. */
const WALK_IN = '2026-02-03';

/** Facts of three accounts by the day on which they are delivered: one fades, one shrinks out of its tier, one churns. */
function story(): { day: string; rows: FactRow[] }[] {
  const base = (id: string, arr: number) =>
    anAccount(id, { arr: usd(arr), seats: 2, customerSince: '2025-01-01' }, '2026-01-01');
  return daysFrom(WALK_IN, TO).map((day, index) => {
    const rows: FactRow[] = [];
    if (index === 0) rows.push(base('fading', 30_000), base('shrinking', 150_000), base('churning', 8_000));
    rows.push(anEvent('shrinking', day), anEvent('churning', day, { feature: index % 2 ? 'export' : 'reports' }));
    if (index < 20) rows.push(anEvent('fading', day));
    if (index % 5 === 0) rows.push(aTicket('fading', `t${index}`, day), aTicket('shrinking', `t${index}`, day));
    if (index === 3) rows.push(anAnswer('shrinking', day, 10), anAnswer('fading', day, 3));
    if (index === 8) rows.push(aPulse('fading', day, 4));
    if (index === 31) rows.push(aPulse('fading', day, 1));
    if (index === 12) rows.push(anAccount('shrinking', { arr: usd(40_000) }, day));
    if (index === 32) rows.push(anAccount('churning', { status: 'churned', churnedOn: day }, day));
    return { day, rows };
  });
}

/** The bands of the thirty days before the state's, a letter a day: what the state carries, and what the snapshots say. */
function bandsBefore(world: PipelineWorld): Promise<{ carried: string; lived: string }[]> {
  return world.query(
    `SELECT s.band_ring AS carried, (
       SELECT string_agg(coalesce(left(h.band, 1), '-'), '' ORDER BY on_day)
       FROM generate_series(s.as_of - 30, s.as_of - 1, interval '1 day') AS on_day
         LEFT JOIN steward.account_snapshot h ON h.account_id = s.account_id AND h.day = on_day::date) AS lived
     FROM steward.account_state s JOIN steward.account a ON a.id = s.account_id ORDER BY a.external_id`,
  );
}

describe('days past', () => {
  let live: PipelineWorld;
  let facts: ReturnType<typeof story>;
  const worlds: PipelineWorld[] = [];
  const open = async (now: string) => {
    const world = await PipelineWorld.open(now);
    worlds.push(world);
    return world;
  };

  beforeAll(async () => {
    facts = story();
    live = await open(`${WALK_IN}T08:00:00Z`);
    for (const { day, rows } of facts) {
      live.now = `${day}T08:00:00Z`;
      await live.closeDays();
      await live.deliver(...rows);
      await live.drain();
    }
    live.now = '2026-03-10T00:30:00Z';
    await live.closeDays();
  }, 60_000);
  afterAll(async () => {
    for (const world of worlds) await world.close();
  });

  it('stand as they were lived: a tier held for thirty days, a cap, a churn with its last score', async () => {
    const of = (id: string) =>
      live.query(
        `SELECT s.* FROM steward.account_snapshot s JOIN steward.account a ON a.id = s.account_id
         WHERE a.external_id = $1 AND day >= $2 AND day <= $3 ORDER BY day`,
        [id, FROM, TO],
      );
    expect((await of('fading')).map((row) => row.band).slice(-3)).toEqual(['at_risk', 'at_risk', 'at_risk']);
    // ARR fell on 15 February: the better tier is held for thirty days.
    expect((await of('shrinking')).map((row) => [row.raw_tier, row.tier])).toEqual(Array(5).fill(['T2', 'T1']));
    const churned = await of('churning');
    expect(churned.map((row) => row.stage)).toEqual(['established', 'established', 'churned', 'churned', 'churned']);
    expect(new Set(churned.slice(1).map((row) => row.score)).size).toBe(1);
  });

  it('are carried on as the bands of thirty days', async () => {
    const bands = await bandsBefore(live);
    expect(bands.map(({ carried }) => carried)).toEqual(bands.map(({ lived }) => lived));
    const [, fading] = bands;
    expect(fading!.carried).toMatch(/^[wh]+.*aaa$/);
  });

  it('give states their bands where the database comes from a version that did not keep them', async () => {
    const before = await bandsBefore(live);
    await live.query(`UPDATE steward.account_state SET band_ring = repeat('-', 30)`);
    const runner = live.dataSource.createQueryRunner();
    try {
      await new FillStateBandRing1797012420000().up(runner);
    } finally {
      await runner.release();
    }
    expect(await bandsBefore(live)).toEqual(before);
  });

  it('give states their terms where the database comes from a version that did not keep them', async () => {
    const runner = live.dataSource.createQueryRunner();
    const migration = new CreateAccountTerms1797012600000();
    try {
      await migration.down(runner);
      await migration.up(runner);
    } finally {
      await runner.release();
    }
    expect(await live.query('SELECT * FROM steward.account_terms')).toHaveLength((await live.states()).length);
    expect(await live.termsAstray()).toEqual([]);
  });

  it('come out of a backfill exactly as they were lived, though all facts came on one day in another order', async () => {
    const late = await open('2026-03-10T08:00:00Z');
    const rows = facts.flatMap((each) => each.rows);
    const shuffled = rows.map((row, index) => ({ row, key: (index * 7_919) % 1_009 })).sort((a, b) => a.key - b.key);
    await late.deliver(...shuffled.map(({ row }) => row));
    await late.backfill(FROM, TO);
    expect(await late.snapshots(FROM, TO)).toEqual(await live.snapshots(FROM, TO));
    expect(await late.snapshots('1900-01-01', '2026-03-04')).toEqual([]);

    // Today starts from the days that were backfilled.
    const columns = (await late.states()).map(({ updated_at: _, ...row }) => row);
    await late.drain();
    await live.drain();
    expect([await late.termsAstray(), await live.termsAstray()]).toEqual([[], []]);
    const lived = (await live.states()).map((row) => [
      row.score,
      row.tier,
      row.stage,
      row.closed_score,
      row.score_ring.slice(-5),
      row.band_ring.slice(-5),
    ]);
    const drained = (await late.states()).map((row) => [
      row.score,
      row.tier,
      row.stage,
      row.closed_score,
      row.score_ring.slice(-5),
      row.band_ring.slice(-5),
    ]);
    expect(drained).toEqual(lived);
    expect(columns).toHaveLength(3);
    expect(await late.query('SELECT * FROM steward.account_rebuild')).toEqual([]);
  });

  it('know the last activity before a long pause, although the account comes back later in the month', async () => {
    const paused = await open('2026-03-25T08:00:00Z');
    await paused.deliver(
      anAccount('paused', { customerSince: '2025-01-01' }, '2025-01-01'),
      anEvent('paused', '2025-09-10'),
      anEvent('paused', '2026-03-20'),
    );
    await paused.backfill('2026-03-08', '2026-03-21');
    const slot = BUILT_IN_SIGNALS.find(({ key }) => key === 'usage.days_since_activity')!.number - 1;
    const days = (await paused.snapshots()).map(({ day, signals }) => [day, signals[slot]]);
    expect(days.filter(([day]) => ['2026-03-08', '2026-03-19', '2026-03-20', '2026-03-21'].includes(day))).toEqual([
      ['2026-03-08', 179],
      ['2026-03-19', 190],
      ['2026-03-20', 0],
      ['2026-03-21', 1],
    ]);
  });

  it('are where today starts from as well after a backfill through today, of accounts never computed before', async () => {
    const fresh = await open('2026-03-10T08:00:00Z');
    await fresh.deliver(...facts.flatMap((each) => each.rows));
    await fresh.backfill(FROM, '2026-03-10');
    await live.drain();
    const memory = async (world: PipelineWorld) =>
      (await world.states()).map((row) => [row.score, row.stage_since, row.closed_score, row.score_ring.slice(-5)]);
    const found = await memory(fresh);
    expect(found).toEqual(await memory(live));
    expect(found.every(([, , closed]) => closed !== null)).toBe(true);
  });

  it('are left alone by a backfill that may not overwrite, and come out the same when it may', async () => {
    const before = await live.snapshots();
    await live.backfill(FROM, TO);
    expect(await live.snapshots()).toEqual(before);
    await live.query(`UPDATE steward.account_snapshot SET score = 1 WHERE day = $1`, [TO]);
    await live.backfill(FROM, TO, true);
    expect(await live.snapshots()).toEqual(before);
  });

  it('know how long a band and a stage have held, though it is longer than a backfill walks in', async () => {
    const steady = await open('2026-03-10T08:00:00Z');
    await steady.deliver(
      anAccount('steady', { arr: usd(30_000), seats: 2, customerSince: '2024-01-01' }, '2024-01-01'),
      ...daysFrom('2025-10-01', '2026-03-09').map((day) => anEvent('steady', day)),
    );
    await steady.backfill('2025-12-01', '2026-03-09');
    const since = () =>
      steady.query(
        `SELECT day, stage, tier_since, band_since, stage_since FROM steward.account_snapshot ORDER BY day DESC LIMIT 2`,
      );
    const before = await since();
    expect(before[0].band_since < '2026-02-01').toBe(true);
    await steady.backfill('2026-03-09', '2026-03-09', true);
    expect(await since()).toEqual(before);
  });

  it('hand their terms on to today', async () => {
    const grown = await open('2026-03-09T08:00:00Z');
    await grown.deliver(anAccount('grown', { arr: usd(30_000) }, '2026-01-01'));
    await grown.drain();
    grown.now = '2026-03-10T08:00:00Z';
    await grown.closeDays();
    await grown.deliver(anAccount('grown', { arr: usd(40_000) }, '2026-03-09'));
    await grown.backfill('2026-03-09', '2026-03-09', true);
    expect((await grown.state('grown')).arr_minor).toBe(4_000_000);
    expect(await grown.termsAstray()).toEqual([]);
  });

  it('come out the same when the day is closed a second time', async () => {
    const before = await live.snapshots();
    await live.query(`DELETE FROM steward.refresh_run WHERE kind = 'open'`);
    await live.closeDays();
    expect(await live.snapshots()).toEqual(before);
  });

  it('are rebuilt at night where a late fact touches them', async () => {
    const alike = await open('2026-03-10T08:00:00Z');
    await alike.deliver(...facts.flatMap((each) => each.rows), aPulse('shrinking', '2026-03-07', 1));
    await alike.backfill(FROM, TO);

    // What the first delivery said about the time before it is no news any more.
    await live.rebuildLate();
    await live.deliver(aPulse('shrinking', '2026-03-07', 1));
    await live.drain();
    expect(await live.query('SELECT from_day FROM steward.stale_account')).toEqual([{ from_day: '2026-03-07' }]);
    expect(await live.rebuildLate()).toBe(1);
    expect(await live.snapshots(FROM, TO)).toEqual(await alike.snapshots(FROM, TO));
    expect(await live.query('SELECT * FROM steward.stale_account')).toEqual([]);
    const bands = await bandsBefore(live);
    expect(bands.map(({ carried }) => carried)).toEqual(bands.map(({ lived }) => lived));
  });

  it('are left to a backfill that has begun while the rebuild waited for its accounts', async () => {
    await live.deliver(aPulse('shrinking', '2026-03-06', 2));
    await live.drain();
    const stale = () => live.query('SELECT from_day FROM steward.stale_account');
    const other = live.dataSource.createQueryRunner();
    await other.startTransaction();
    await other.query(`SELECT pg_advisory_xact_lock(${LOCKS.buckets}, b) FROM generate_series(0, 255) AS b`);
    const rebuilt = live.rebuildLate();
    const waiting = `SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database
      WHERE l.locktype = 'advisory' AND NOT l.granted AND d.datname = current_database()`;
    while ((await live.query(waiting)).length === 0);
    await live.app.get(Runs).start('backfill', { from: toDay(FROM), to: toDay(TO) });
    await other.commitTransaction();
    await other.release();
    expect(await rebuilt).toBe(0);
    expect(await stale()).toEqual([{ from_day: '2026-03-06' }]);

    // Once the backfill is through, nothing stands in the way.
    for (const run of await live.app.get(Runs).unfinished()) await live.app.get(Runs).driveBackfill(run);
    expect(await live.rebuildLate()).toBe(1);
    expect(await stale()).toEqual([]);
  });

  it('hold the score that the pure function makes of the stored row', async () => {
    const slots = new Map(BUILT_IN_SIGNALS.map(({ key, number }) => [key, number - 1]));
    const versions = await live.query(`SELECT id, body FROM steward.health_profile_version`);
    const profiles = new Map(
      versions.map(({ id, body }) => [
        id,
        compileProfile(profileBodySchema.parse(body), (key) => slots.get(key) ?? null),
      ]),
    );
    const rows = (await live.snapshots()).filter((row) => row.status === 'customer');
    expect(rows.length).toBeGreaterThan(100);
    for (const row of rows) {
      const profile = profiles.get(row.health_version_id)!;
      const measured = new Set(
        profile.counted.filter(({ slot }) => row.null_reasons[slot] !== 1).map(({ signal }) => signal),
      );
      const scored = scoreOf(profile, row.signals, (signal) => measured.has(signal), row.caps);
      if (row.score !== null) expect(scored.score).toBe(row.score);
    }
  });
});

describe('the close of days', () => {
  let world: PipelineWorld;
  afterEach(() => world?.close());
  const closed = async () =>
    (await world.query(`SELECT day FROM steward.day_close WHERE state = 'closed' ORDER BY day`)).map(({ day }) => day);

  it('closes every day once where the clocks skip midnight', async () => {
    world = await PipelineWorld.open('2026-04-22T10:00:00Z');
    // In Cairo 24 April 2026 begins at 01:00: the hour after midnight does not exist.
    await world.query(`UPDATE steward.workspace SET time_zone = 'Africa/Cairo'`);
    await world.deliver(anAccount('acme', { arr: usd(1_000) }));
    await world.closeDays();
    for (const instant of [
      '2026-04-23T21:59:00Z',
      '2026-04-23T22:00:00Z',
      '2026-04-23T22:01:00Z',
      '2026-04-24T20:59:00Z',
    ]) {
      world.now = instant;
      await world.closeDays();
    }
    expect(await closed()).toEqual(['2026-04-21', '2026-04-22', '2026-04-23']);
    world.now = '2026-04-24T21:00:00Z';
    await world.closeDays();
    expect(await closed()).toEqual(['2026-04-21', '2026-04-22', '2026-04-23', '2026-04-24']);
    const days = (await world.snapshots()).map(({ day }) => day);
    expect(days).toEqual(['2026-04-22', '2026-04-23', '2026-04-24', '2026-04-25']);
  });

  it('is not undone by a refresh of the day that was still on its way when the day ended', async () => {
    world = await PipelineWorld.open('2026-04-10T23:50:00Z');
    await world.deliver(
      anAccount('acme', { arr: usd(1_000), customerSince: '2020-01-01' }),
      ...['2026-02-01', '2026-03-10', '2026-04-05', '2026-04-10'].map((day) => anEvent('acme', day, { count: 200 })),
    );
    await world.drain();
    const runs = world.app.get(Runs);
    const today = toDay('2026-04-10');
    const refresh = await runs.start('refresh', { from: today, to: today });
    world.now = '2026-04-11T00:05:00Z';
    await runs.drive((await world.app.get(DayClose).nextRun()) as Run);
    const [closed] = await world.snapshots();
    // The day's own events count for changes once it is over.
    expect(closed.signals[7]).toBe(100);
    await runs.drive(refresh);
    expect(await world.snapshots()).toEqual([closed]);
    expect(await runs.find(refresh.id)).toMatchObject({ isFinished: true });
  });

  it('closes the days that passed while nothing ran, oldest first, each as of itself', async () => {
    world = await PipelineWorld.open('2026-04-10T10:00:00Z');
    await world.deliver(anAccount('acme', { arr: usd(1_000), customerSince: '2026-01-01' }));
    await world.drain();
    world.now = '2026-04-13T10:00:00Z';
    await world.deliver(aPulse('acme', '2026-04-12', 3));
    expect((await world.drain()).waitsForClose).toBe(true);
    await world.closeDays();
    await world.drain();
    expect(await closed()).toEqual(['2026-04-09', '2026-04-10', '2026-04-11', '2026-04-12']);
    const pulses = (await world.snapshots()).map((row) => [row.day, row.signals[22]]);
    expect(pulses).toEqual([
      ['2026-04-10', null],
      ['2026-04-11', null],
      ['2026-04-12', 3],
      ['2026-04-13', 3],
    ]);
  });
});
