import { Maintenance } from '../../../apps/api/src/pipeline/run/maintenance.service.js';
import { anAccount, anEvent, PipelineWorld, usd } from './pipeline-world.js';

describe('maintenance', () => {
  let world: PipelineWorld;
  const maintain = () => world.app.get(Maintenance).run();

  beforeAll(async () => {
    world = await PipelineWorld.open('2026-04-28T09:00:00Z');
    await world.deliver(
      anAccount('acme', { arr: usd(1_000) }),
      anEvent('acme', '2026-04-10'),
      anEvent('acme', '2026-04-11'),
    );
  });
  afterAll(() => world?.close());

  it('makes next month’s ledger rows in the last days of a month, for who was active, and never twice', async () => {
    await maintain();
    await maintain();
    const rows = await world.query(`SELECT month, days FROM steward.usage_contact_month ORDER BY month`);
    expect(rows).toEqual([
      { month: '2026-04-01', days: 0b110_0000_0000 },
      { month: '2026-05-01', days: 0 },
    ]);
    // The empty row is in nobody's way: events of May are counted into it.
    world.now = '2026-05-02T09:00:00Z';
    await world.deliver(anEvent('acme', '2026-05-01'));
    const [may] = await world.query(`SELECT days FROM steward.usage_contact_month WHERE month = '2026-05-01'`);
    expect(may).toEqual({ days: 1 });
  });

  it('forgets when messages without a time first arrived, once nobody repeats them any more', async () => {
    const untimed = { occurredAt: null, messageId: 'untimed' };
    await world.deliver(anEvent('acme', '2026-05-02', untimed));
    await maintain();
    await world.deliver(anEvent('acme', '2026-05-02', untimed));
    const arrivals = () => world.query('SELECT message_id FROM steward.message_arrival');
    expect(await arrivals()).toEqual([{ message_id: 'untimed' }]);
    expect(await world.query(`SELECT count(*) FROM steward.event WHERE message_id = 'untimed'`)).toEqual([
      { count: 1 },
    ]);
    world.now = '2026-06-02T09:00:00Z';
    await maintain();
    expect(await arrivals()).toEqual([]);
    world.now = '2026-05-02T09:00:00Z';
  });

  it('forgets attempts to sign in once their window is over', async () => {
    await world.query(
      `INSERT INTO steward.sign_in_attempt (subject, window_started_at, failures)
       VALUES ('email:old', '2026-05-02T08:45:00Z', 9), ('email:new', '2026-05-02T08:46:00Z', 9)`,
    );
    await maintain();
    expect(await world.query('SELECT subject FROM steward.sign_in_attempt')).toEqual([{ subject: 'email:new' }]);
  });

  it('forgets who came to a segment and left it after 400 days', async () => {
    const event = (day: string, segment: number) =>
      `(gen_random_uuid(), '00000000-0000-0000-0000-00000000000${segment}', '${day}')`;
    await world.query(
      `INSERT INTO steward.segment_event
         (account_id, id, segment_id, contact_id, kind, day, at, since_day, since_at, how)
       SELECT a.id, e.id, e.segment::uuid, '00000000-0000-0000-0000-000000000000', 'left', e.day::date, now(),
         '2025-01-01', now(), 'rule'
       FROM steward.account a, (VALUES ${[
         event('2025-02-01', 1),
         event('2025-03-27', 1),
         event('2025-03-27', 2),
         event('2025-03-28', 1),
       ].join(', ')}) AS e (id, segment, day) WHERE a.external_id = 'acme'`,
    );
    await maintain();
    expect(await world.query('SELECT day FROM steward.segment_event')).toEqual([{ day: '2025-03-28' }]);
    await world.query('DELETE FROM steward.segment_event');
  });

  it('has room for the months ahead', async () => {
    await maintain();
    const [part] = await world.query(`SELECT to_regclass('steward.account_snapshot_2026_07') IS NOT NULL AS made`);
    expect(part).toEqual({ made: true });
  });

  it('keeps of old snapshots those of month-ends', async () => {
    await world.backfill('2025-01-30', '2025-02-02');
    await world.backfill('2026-04-27', '2026-04-27');
    await maintain();
    const days = (await world.snapshots()).map(({ day }) => day);
    expect(days).toEqual(['2025-01-31', '2026-04-27', '2026-05-02']);
  });
});
