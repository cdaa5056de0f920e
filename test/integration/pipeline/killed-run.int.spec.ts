import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Runs } from '../../../apps/api/src/pipeline/run/runs.service.js';
import { aMoment } from '../../support/a-moment.js';
import { compileServer } from '../../support/compiled-server.js';
import { anAccount, anEvent, PipelineWorld, usd } from './pipeline-world.js';

const ACCOUNTS = 3_000;

describe('a run over all accounts whose process is killed in mid-batch', () => {
  let world: PipelineWorld;
  let server: string;

  beforeAll(async () => {
    server = compileServer();
    // The process that is killed lives by the clock of the machine.
    world = await PipelineWorld.open(new Date().toISOString());
    const ids = Array.from({ length: ACCOUNTS }, (_, index) => `many-${index}`);
    await world.deliver(...ids.map((id, index) => anAccount(id, { arr: usd(20 * index), seats: 3 })));
    const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    await world.deliver(...ids.map((id) => anEvent(id, day)));
  }, 180_000);
  afterAll(() => world?.close());

  it('goes on with the buckets that are left, and comes out as if nothing had happened', async () => {
    const child = spawn(process.execPath, [join(server, 'cli.js'), 'refresh'], {
      env: { ...process.env, DATABASE_URL: world.database.url, LOG_LEVEL: 'silent' },
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    const computed = () => world.query('SELECT 1 FROM steward.account_state LIMIT 1');
    while (child.exitCode === null && (await computed()).length === 0) await aMoment();
    child.kill('SIGKILL');
    expect((await ended)[1]).toBe('SIGKILL');

    const runs = world.app.get(Runs);
    const unfinished = await runs.unfinished();
    expect(unfinished.length).toBeGreaterThan(0);
    const before = await world.states();
    expect(before.length).toBeGreaterThan(0);
    expect(before.length).toBeLessThan(ACCOUNTS);

    await world.closeDays();
    for (const run of unfinished) await runs.drive(run);
    expect(await runs.unfinished()).toEqual([]);
    const after = await world.states();
    expect(after).toHaveLength(ACCOUNTS);
    const [counts] = await world.query(
      `SELECT (SELECT count(*) FROM steward.account_snapshot)::int AS snapshots,
         (SELECT count(*) FROM steward.stage_move)::int AS moves, (SELECT count(*) FROM steward.dirty_account)::int AS due`,
    );
    expect(counts).toEqual({ snapshots: ACCOUNTS, moves: ACCOUNTS, due: 0 });
    // Computed once more, nothing is different.
    await world.refresh();
    expect(await world.states()).toEqual(after);
  }, 180_000);
});
