import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { compileServer } from '../../support/compiled-server.js';
import { BulkWorld } from './bulk-world.js';

describe('a bulk action whose process is killed in the middle', () => {
  let world: BulkWorld;
  beforeAll(async () => {
    compileServer();
    world = await BulkWorld.start();
  }, 120_000);
  afterAll(() => world?.close());

  it('goes on: no account is missed, none is changed twice', async () => {
    const admin = await world.server.as('admin');
    const ids = await world.accounts(3_000);
    const { id } = await world.order(admin, { kind: 'tag', add: ['campaign'], remove: [] }, ids);

    const { url: databaseUrl } = world.server.dataSource.options as { url: string };
    const child = spawn(process.execPath, [join(__dirname, 'run-bulk.mjs'), id], {
      env: { ...process.env, DATABASE_URL: databaseUrl, LOG_LEVEL: 'silent' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    let batches = 0;
    for await (const _ of createInterface({ input: child.stdout })) {
      batches += 1;
      if (batches >= 20) child.kill('SIGKILL');
    }
    expect((await ended)[1]).toBe('SIGKILL');

    const killed = await world.shown(admin, id);
    expect(killed.state).toBe('running');
    expect(killed.counts.done).toBeGreaterThanOrEqual(400);
    expect(killed.counts.due).toBeGreaterThan(0);

    await world.work(id);
    expect(await world.shown(admin, id)).toMatchObject({ state: 'done', counts: { done: 3_000, due: 0 } });
    const [row] = await world.query(
      `SELECT min(revision) AS least, max(revision) AS most, count(*) FILTER (WHERE tags = '{campaign}')::int AS tagged,
         (SELECT count(*)::int FROM steward.account_field WHERE field = 'tags' AND source LIKE 'person:%') AS versions,
         (SELECT count(*)::int FROM steward.audit_log WHERE subject_id = $1) AS entries
       FROM steward.account`,
      [id],
    );
    expect(row).toEqual({ least: 2, most: 2, tagged: 3_000, versions: 3_000, entries: 1 });
  }, 120_000);
});
