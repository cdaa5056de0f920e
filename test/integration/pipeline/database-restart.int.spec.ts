import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { useCluster } from '../../../scripts/lib/embedded-postgres/cluster.mjs';
import { runningPostmaster } from '../../../scripts/lib/embedded-postgres/postmaster.mjs';
import { temporaryFolder } from '../../../scripts/lib/embedded-postgres/temporary.mjs';
import { isAlive, waitUntil } from '../../../scripts/lib/processes.mjs';
import { ApiServer } from '../../support/api-server.js';
import { compileServer } from '../../support/compiled-server.js';
import { FactSenders, sums } from './fact-senders.js';

const ACCOUNTS = Array.from({ length: 100 }, (_, index) => `steady-${index}`);
const ROUNDS = 16;

describe('PostgreSQL that stops hard and starts again while facts arrive', () => {
  let home: string;
  let cluster: Awaited<ReturnType<typeof useCluster>>;
  let server: ApiServer;
  let worker: ChildProcess;

  beforeAll(async () => {
    const folder = compileServer();
    // A server of its own, as durable as the shipped one: others must not be hit.
    home = temporaryFolder();
    cluster = await useCluster(home, { purpose: 'shipped' });
    process.env.STEWARD_TEST_DATABASE_URL = cluster.url;
    server = await ApiServer.start();
    // The worker lives by the clock of the machine.
    server.clock.at = new Date();
    const { url } = server.dataSource.options as { url: string };
    worker = spawn(process.execPath, [join(folder, 'worker.js')], {
      env: { ...process.env, DATABASE_URL: url, LOG_LEVEL: 'silent', JOB_SILENCE_SECONDS: '5' },
      stdio: 'ignore',
    });
  }, 180_000);
  afterAll(async () => {
    if (worker && worker.exitCode === null && worker.signalCode === null) {
      const ended = once(worker, 'exit');
      worker.kill('SIGKILL');
      await ended;
    }
    await server?.close();
    await cluster?.leave();
    if (cluster) rmSync(dirname(cluster.dataFolder), { recursive: true, force: true });
    rmSync(home, { recursive: true, force: true });
  }, 60_000);

  it('has every fact that was acknowledged, once; requests meanwhile are told to come again; all goes on by itself', async () => {
    const senders = await FactSenders.of(server);
    await senders.accounts(ACCOUNTS);
    const computing = async () => (await sums(server)).states! > 0;
    expect(await waitUntil(computing, 60_000)).toBe(true);

    const sent = senders.events(ACCOUNTS, ROUNDS, 4);
    const events = ACCOUNTS.length * ROUNDS;
    expect(await waitUntil(() => senders.acknowledged.size >= events / 4, 60_000, 1)).toBe(true);
    const { pid } = runningPostmaster(cluster.dataFolder)!;
    // What `pg_ctl stop -m immediate` does.
    process.kill(pid, 'SIGQUIT');
    expect(await waitUntil(() => !isAlive(pid), 30_000)).toBe(true);
    const promised = [...senders.acknowledged];
    expect(promised.length).toBeLessThan(events);
    expect(await waitUntil(() => senders.refusals.length > 0, 30_000)).toBe(true);
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(503);

    await cluster.ensureRunning();
    const [{ kept }] = await server.dataSource.query(
      'SELECT count(DISTINCT message_id)::int AS kept FROM steward.event WHERE message_id = ANY($1)',
      [promised],
    );
    expect(kept).toBe(promised.length);
    await sent;
    expect(new Set(senders.refusals.map(({ status, code }) => `${status} ${code}`))).toEqual(
      new Set(['503 DATABASE_UNAVAILABLE']),
    );

    const drained = async () => {
      const { due, counted, states } = await sums(server);
      return due === 0 && counted === events && states === ACCOUNTS.length;
    };
    await waitUntil(drained, 120_000, 250);
    const all = { states: ACCOUNTS.length, snapshots: ACCOUNTS.length, moves: ACCOUNTS.length };
    expect(await sums(server)).toEqual({ events, counted: events, ...all, due: 0, setAside: 0 });
    expect(worker.exitCode).toBeNull();
  }, 240_000);
});
