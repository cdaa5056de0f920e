import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { BATCH } from '../../../apps/api/src/pipeline/run/run-spans.js';
import { aMoment } from '../../support/a-moment.js';
import { compileServer } from '../../support/compiled-server.js';
import { anAccount, anEvent, type KeptWorld, PipelineWorld, usd } from './pipeline-world.js';

/** Two batches: more than one thread works at a time. */
const ACCOUNTS = BATCH + 40;
const DAY_MS = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);

describe('a backfill in several threads of a process', () => {
  let world: KeptWorld;
  let server: string;
  const from = daysAgo(2);
  const to = daysAgo(1);

  beforeAll(async () => {
    server = compileServer();
    // The processes live by the clock of the machine.
    const made = await PipelineWorld.open(new Date().toISOString());
    const ids = Array.from({ length: ACCOUNTS }, (_, index) => `many-${index}`);
    const effectiveOn = daysAgo(60);
    await made.deliver(
      ...ids.map((id, index) =>
        anAccount(id, { arr: usd(20 * index), seats: 3, customerSince: effectiveOn }, effectiveOn),
      ),
    );
    await made.deliver(...ids.map((id, index) => anEvent(id, daysAgo(1 + (index % 9)))));
    world = await made.keep();
  }, 180_000);
  afterAll(() => world?.close());

  function backfill(copy: PipelineWorld): ChildProcess {
    const command = [join(server, 'cli.js'), 'backfill', '--from', from, '--to', to];
    return spawn(process.execPath, command, {
      env: {
        ...process.env,
        DATABASE_URL: copy.database.url,
        LOG_LEVEL: 'silent',
        RUN_THREADS: '2',
        // A run that lasts long enough to bring a further one forth by itself would be computed for most of a minute.
        RUN_THREAD_AFTER_SECONDS: '0',
        BATCHES_AT_A_TIME: '1',
      },
      stdio: 'ignore',
    });
  }

  /** Until a further thread has written rows that it has not committed. */
  async function untilThreadWrites(copy: PipelineWorld, process: ChildProcess): Promise<void> {
    const writes = `SELECT 1 FROM pg_stat_activity a JOIN pg_locks l ON l.pid = a.pid
      WHERE a.datname = current_database() AND a.application_name = 'steward run'
        AND l.relation = 'steward.account_rebuild'::regclass AND l.mode = 'RowExclusiveLock'`;
    while (process.exitCode === null && (await copy.query(writes)).length === 0) await aMoment();
    expect(process.exitCode).toBeNull();
  }

  it('comes out as in one thread, though the process was killed in its midst', async () => {
    const alone = await world.copy();
    const killed = await world.copy();
    try {
      const first = backfill(killed);
      const firstEnd = once(first, 'exit');
      await untilThreadWrites(killed, first);
      first.kill('SIGKILL');
      expect((await firstEnd)[1]).toBe('SIGKILL');

      const second = backfill(killed);
      const secondEnd = once(second, 'exit');
      await untilThreadWrites(killed, second);
      expect(await secondEnd).toEqual([0, null]);
      // Its connections are closed, those of the thread among them.
      expect(
        await killed.query(
          `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name IN ('steward run', 'steward cli')`,
        ),
      ).toEqual([]);

      await alone.closeDays();
      await alone.backfill(from, to);
      await alone.drain();
      const snapshots = await killed.snapshots(from, to);
      expect(snapshots).toHaveLength(2 * ACCOUNTS);
      expect(snapshots).toEqual(await alone.snapshots(from, to));
    } finally {
      await alone.close();
      await killed.close();
    }
  }, 240_000);
});
