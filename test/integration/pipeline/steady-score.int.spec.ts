import { HEALTH_CHANGE_SIGNAL } from '../../../apps/api/src/domain/signals/built-in.js';
import { anAccount, aPulse, daysFrom, PipelineWorld, usd } from './pipeline-world.js';

const FIRST = '2026-03-01';
const LAST = '2026-04-04';

/** An account about which nothing arrives: day after day it has the same health, to the last column. */
describe('a score that stands still', () => {
  let world: PipelineWorld;

  beforeAll(async () => {
    world = await PipelineWorld.open(`${FIRST}T08:00:00Z`);
    await world.deliver(anAccount('still', { arr: usd(30_000), seats: 2, customerSince: '2025-01-01' }, '2026-01-01'));
    await world.deliver(aPulse('still', FIRST, 4));
    for (const day of daysFrom(FIRST, LAST)) {
      world.now = `${day}T08:00:00Z`;
      await world.closeDays();
      await world.drain();
    }
  }, 60_000);
  afterAll(() => world.close());

  it('tells its change of none in the column and in the signals, on all days that have one', async () => {
    const rows = await world.query(
      `SELECT day, score, health_change, signals[$1] AS signal, null_reasons[$1] = 0 AS has_value
       FROM steward.account_snapshot ORDER BY day`,
      [HEALTH_CHANGE_SIGNAL],
    );
    expect(new Set(rows.map(({ score }) => score)).size).toBe(1);
    const told = rows.slice(30);
    expect(told).toHaveLength(5);
    for (const row of told) expect(row).toMatchObject({ health_change: 0, signal: 0, has_value: true });
    for (const row of rows.slice(0, 30))
      expect(row).toMatchObject({ health_change: null, signal: null, has_value: false });
  });
});
