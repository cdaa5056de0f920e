import { all, field } from '../../../apps/api/src/domain/rule-builders.js';
import { anAccount, PipelineWorld, usd } from '../pipeline/pipeline-world.js';
import { act, alerts, goTo, keepRule } from './alert-world.js';

const isSmall = all(field('account.status', 'eq', 'customer'), field('account.arr', 'lt', 50_000));

describe('an alert that a person ends before the days that it lived in are closed', () => {
  let world: PipelineWorld;
  beforeEach(async () => {
    world = await PipelineWorld.open('2026-04-10T08:00:00Z');
    await keepRule(world, isSmall);
    await deliver(80_000);
    await world.drain();
    await goTo(world, '2026-04-15');
    await deliver(20_000);
    await world.drain();
  }, 60_000);
  afterEach(() => world.close());

  const deliver = (arr: number) => world.deliver(anAccount('large', { arr: usd(arr), customerSince: '2024-01-01' }));
  const resolve = (outcome: string) =>
    act(
      world,
      'large',
      `state = 'resolved', outcome = '${outcome}', ended_day = '2026-04-17', ended_at = '2026-04-17T08:00Z'`,
    );
  const closeLate = async () => {
    await world.closeDays();
    await world.drain();
  };

  it('is not raised again for them', async () => {
    world.now = '2026-04-17T08:00:00Z';
    await resolve('successful');
    await closeLate();
    expect(await alerts(world)).toEqual(['large resolved change 2026-04-15→2026-04-17']);
  });

  it('as a false alarm is not taken to have been false since because it was so before', async () => {
    await goTo(world, '2026-04-16');
    await deliver(90_000);
    world.now = '2026-04-17T08:00:00Z';
    await resolve('falseAlarm');
    await closeLate();
    expect(await world.query('SELECT false_since_day FROM steward.alert')).toEqual([{ false_since_day: null }]);
  });

  it('and that had begun after them is not raised again for them', async () => {
    await world.query('DELETE FROM steward.alert_event');
    await world.query(
      `UPDATE steward.alert SET state = 'resolved', outcome = 'successful', opened_day = '2026-04-16',
         ended_day = '2026-04-16', ended_at = '2026-04-16T08:00Z'`,
    );
    world.now = '2026-04-16T08:00:00Z';
    await closeLate();
    expect(await alerts(world)).toEqual(['large resolved change 2026-04-16→2026-04-16']);
  });

  it('nor where it still lives', async () => {
    await world.query(`UPDATE steward.alert SET opened_day = '2026-04-16'`);
    const [before] = await world.query('SELECT * FROM steward.alert');
    world.now = '2026-04-16T08:00:00Z';
    await closeLate();
    expect(await world.query('SELECT * FROM steward.alert')).toEqual([before]);
  });
});
