import { open } from '../../../apps/api/src/db/unit-of-work.js';
import { StateRepository } from '../../../apps/api/src/stages/state/state.repository.js';
import { anAccount, PipelineWorld } from './pipeline-world.js';

/** One account's snapshot of one day, as rules look it up. */
const LOOK_UP = `EXPLAIN SELECT h.band FROM steward.account_state s, LATERAL (SELECT band FROM steward.account_snapshot h
  WHERE h.account_id = s.account_id AND h.day = '2026-04-15') AS h`;

describe('statements of a batch', () => {
  let world: PipelineWorld;

  beforeAll(async () => {
    world = await PipelineWorld.open('2026-04-15T09:00:00Z');
    await world.deliver(anAccount('acme'));
    await world.drain();
    await world.query('TRUNCATE steward.account_snapshot');
    // Whoever cares for the database looks at all tables, also those of months to come.
    await world.query('VACUUM ANALYZE steward.account_snapshot');
  });
  afterAll(() => world?.close());

  function planOf(buckets: readonly number[]): Promise<string> {
    return world.unitOfWork.run(async (tx) => {
      const states = world.app.get(StateRepository, { strict: false });
      if (buckets.length > 0) await states.lockBuckets(tx, buckets);
      const lines = await open(tx).query<{ 'QUERY PLAN': string }>(LOOK_UP);
      return lines.map((line) => line['QUERY PLAN']).join('\n');
    });
  }

  it('look accounts up in a month that is empty, as they must when it has filled: their plans are kept', async () => {
    expect(await planOf([])).toContain('Seq Scan on account_snapshot_2026_04');
    expect(await planOf([0])).not.toContain('Seq Scan on account_snapshot_2026_04');
  });
});
