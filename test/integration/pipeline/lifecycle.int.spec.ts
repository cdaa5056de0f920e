import { anAccount, anEvent, daysFrom, PipelineWorld, usd } from './pipeline-world.js';

describe('an account that churned and came back', () => {
  let world: PipelineWorld;

  beforeAll(async () => {
    world = await PipelineWorld.open('2026-01-10T08:00:00Z');
    const since = { arr: usd(50_000), seats: 2, customerSince: '2020-01-01' };
    await world.deliver(anAccount('acme', since), anAccount('loyal', since));
    const active = daysFrom('2025-12-01', '2026-04-30');
    await world.deliver(...active.slice(0, 41).flatMap((day) => [anEvent('acme', day), anEvent('loyal', day)]));
    await world.drain();
    await dayWith('2026-01-11', anAccount('acme', { status: 'churned', churnedOn: '2026-01-11' }, '2026-01-11'));
    await dayWith('2026-02-01', anAccount('acme', { status: 'customer' }, '2026-02-01'));
    for (const day of daysFrom('2026-02-02', '2026-03-05'))
      await dayWith(day, anEvent('acme', day), anEvent('loyal', day));
  }, 120_000);
  afterAll(() => world?.close());

  async function dayWith(day: string, ...rows: Parameters<PipelineWorld['deliver']>): Promise<void> {
    world.now = `${day}T08:00:00Z`;
    await world.closeDays();
    await world.deliver(...rows);
    await world.drain();
  }

  const movesOf = (id: string) =>
    world.query(
      `SELECT m.moved_on AS "on", m.to_stage AS "to", m.reason FROM steward.stage_move m
       JOIN steward.account a ON a.id = m.account_id WHERE a.external_id = $1 ORDER BY m.moved_on`,
      [id],
    );

  it('is onboarded anew for thirty days although it is active and customer since has not moved', async () => {
    expect(await movesOf('acme')).toEqual([
      { on: '2026-01-10', to: 'established', reason: 'rule' },
      { on: '2026-01-11', to: 'churned', reason: 'status' },
      { on: '2026-02-01', to: 'onboarding', reason: 'status' },
      { on: '2026-03-04', to: 'adoption', reason: 'rule' },
    ]);
    expect(await world.state('acme')).toMatchObject({ customer_since: '2020-01-01' });
  });

  it('is no reason to move one that never left', async () => {
    expect(await movesOf('loyal')).toEqual([{ on: '2026-01-10', to: 'established', reason: 'rule' }]);
  });
});
