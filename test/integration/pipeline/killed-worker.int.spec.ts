import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { toDay } from '../../../apps/api/src/domain/calendar/day.js';
import { Runs } from '../../../apps/api/src/pipeline/run/runs.service.js';
import { waitUntil } from '../../../scripts/lib/processes.mjs';
import { aMoment } from '../../support/a-moment.js';
import { ApiServer } from '../../support/api-server.js';
import { compileServer } from '../../support/compiled-server.js';
import { FactSenders, sums } from './fact-senders.js';

const ACCOUNTS = Array.from({ length: 400 }, (_, index) => `busy-${index}`);
const ROUNDS = 10;

describe('a worker that is killed in mid-batch while facts arrive', () => {
  let folder: string;
  let server: ApiServer;
  const workers: ChildProcess[] = [];

  beforeAll(async () => {
    folder = compileServer();
    server = await ApiServer.start();
    // The workers live by the clock of the machine.
    server.clock.at = new Date();
  }, 120_000);
  afterAll(async () => {
    for (const worker of workers) {
      if (worker.exitCode !== null || worker.signalCode !== null) continue;
      const ended = once(worker, 'exit');
      worker.kill('SIGKILL');
      await ended;
    }
    await server?.close();
  });

  function startWorker(): ChildProcess {
    const { url } = server.dataSource.options as { url: string };
    const worker = spawn(process.execPath, [join(folder, 'worker.js')], {
      env: { ...process.env, DATABASE_URL: url, LOG_LEVEL: 'silent', JOB_SILENCE_SECONDS: '5' },
      stdio: 'ignore',
    });
    workers.push(worker);
    return worker;
  }

  it('leaves nothing half: the next one computes what is due, once', async () => {
    const senders = await FactSenders.of(server);
    await senders.accounts(ACCOUNTS);
    const worker = startWorker();
    const sent = senders.events(ACCOUNTS, ROUNDS, 3);

    // It has written rows that it has not committed.
    const inMidBatch = `SELECT 1 FROM pg_stat_activity a JOIN pg_locks l ON l.pid = a.pid
      WHERE a.datname = current_database() AND a.application_name = 'steward worker'
        AND l.relation = 'steward.account_state'::regclass AND l.mode = 'RowExclusiveLock'`;
    const ended = once(worker, 'exit');
    while (worker.exitCode === null && (await server.dataSource.query(inMidBatch)).length === 0) await aMoment();
    worker.kill('SIGKILL');
    expect((await ended)[1]).toBe('SIGKILL');
    startWorker();

    await sent;
    expect(senders.refusals).toEqual([]);
    const events = ACCOUNTS.length * ROUNDS;
    const all = { states: ACCOUNTS.length, snapshots: ACCOUNTS.length, moves: ACCOUNTS.length };
    await waitUntil(async () => {
      const { due, states } = await sums(server);
      return due === 0 && states === ACCOUNTS.length;
    }, 120_000);
    expect(await sums(server)).toEqual({ events, counted: events, ...all, due: 0, setAside: 0 });

    // Computed once more from the facts, nothing is different.
    const states = () => server.dataSource.query('SELECT * FROM steward.account_state ORDER BY account_id');
    const before = await states();
    const runs = server.app.get(Runs, { strict: false });
    const today = toDay(server.clock.now().toISOString().slice(0, 10));
    await runs.drive(await runs.start('refresh', { from: today, to: today }));
    expect(await states()).toEqual(before);
  }, 240_000);
});
