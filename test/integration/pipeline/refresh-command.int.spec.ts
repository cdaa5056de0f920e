import { command } from '../../support/command.js';
import { anAccount, PipelineWorld, usd } from './pipeline-world.js';

describe('the command that refreshes', () => {
  let world: PipelineWorld;
  afterEach(() => world?.close());

  it('computes every account once, be it the first time on a day or again', async () => {
    world = await PipelineWorld.open('2026-04-15T09:00:00Z');
    await world.deliver(anAccount('acme', { arr: usd(1_000) }), anAccount('zenith', { arr: usd(2_000) }));
    expect(await command(world, 'refresh')).toMatch(/^2 accounts computed as of 2026-04-15/);
    expect(await command(world, 'refresh')).toMatch(/^2 accounts computed as of 2026-04-15/);
    const runs = await world.query(`SELECT kind, state FROM steward.refresh_run ORDER BY created_at, kind`);
    expect(runs).toEqual([
      { kind: 'open', state: 'done' },
      { kind: 'refresh', state: 'done' },
    ]);
  });
});

describe('the command that computes past days', () => {
  let world: PipelineWorld;
  afterEach(() => world?.close());

  it('refuses days in the wrong order and of years that nobody means', async () => {
    world = await PipelineWorld.open('2026-04-15T09:00:00Z');
    const backfill = (from: string, to: string) => command(world, 'backfill', '--from', from, '--to', to);
    await expect(backfill('2026-04-02', '2026-04-01')).rejects.toMatchObject({ code: 'DAYS_REVERSED' });
    await expect(backfill('0001-01-01', '0001-01-02')).rejects.toMatchObject({
      code: 'YEAR_OUT_OF_RANGE',
      message: '--from lies outside the years 1900 to 2200: 0001-01-01.',
    });
    await expect(backfill('2026-02-30', '2026-04-01')).rejects.toMatchObject({ code: 'NOT_A_DAY' });
  });
});
