import { Command } from 'commander';
import { addRunCommands } from '../../../apps/api/src/pipeline/run/run.cli.js';
import { anAccount, PipelineWorld, usd } from './pipeline-world.js';

describe('the command that refreshes', () => {
  let world: PipelineWorld;
  afterEach(() => world?.close());

  async function refresh(): Promise<string> {
    const program = new Command();
    addRunCommands(program, (work) => work(world.app));
    const printed: string[] = [];
    const out = jest.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
    const progress = jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
    try {
      await program.parseAsync(['refresh'], { from: 'user' });
    } finally {
      out.mockRestore();
      progress.mockRestore();
    }
    return printed.join('');
  }

  it('computes every account once, be it the first time on a day or again', async () => {
    world = await PipelineWorld.open('2026-04-15T09:00:00Z');
    await world.deliver(anAccount('acme', { arr: usd(1_000) }), anAccount('zenith', { arr: usd(2_000) }));
    expect(await refresh()).toMatch(/^2 accounts computed as of 2026-04-15/);
    expect(await refresh()).toMatch(/^2 accounts computed as of 2026-04-15/);
    const runs = await world.query(`SELECT kind, state FROM steward.refresh_run ORDER BY created_at, kind`);
    expect(runs).toEqual([
      { kind: 'open', state: 'done' },
      { kind: 'refresh', state: 'done' },
    ]);
  });
});
