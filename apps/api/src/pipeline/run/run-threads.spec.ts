import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { Clock } from '../../platform/clock.js';
import { readConfig } from '../../platform/config/config.js';
import type { Run } from './run.repository.js';
import { PATIENCE } from './run-thread.js';
import { RunThreadOptions, RunThreads } from './run-threads.js';

const RUN: Run = { id: 'run', kind: 'refresh', fromDay: '2026-04-15', toDay: '2026-04-15', overwrite: false };
const SERVES = `
  import { parentPort } from 'node:worker_threads';
  const running = new Set();
  let calls = 0;
  parentPort.on('message', ({ kind, order, span }) => {
    if (kind === 'end') parentPort.close();
    if (kind === 'call') {
      calls += 1;
      parentPort.postMessage({ kind: 'here' });
      if (calls === 30) for (const order of running) parentPort.postMessage({ kind: 'done', order, error: null });
    }
    if (kind === 'stop' && running.delete(order)) parentPort.postMessage({ kind: 'done', order, error: null });
    if (kind !== 'work') return;
    const [first] = span;
    if (first === 66) process.exit(1);
    if (first === 99) while (true);
    if (first === 88) throw new Error('out of its mind');
    if (first === 77) return running.add(order);
    parentPort.postMessage({ kind: 'done', order, error: first === 55 ? { name: 'Error', message: 'broken' } : null });
  });
  parentPort.postMessage({ kind: 'ready' });`;
const NEVER_STARTS = `throw new Error('no memory left')`;

describe('places for spans of runs', () => {
  const opened: RunThreads[] = [];
  afterEach(async () => {
    for (const threads of opened.splice(0)) await threads.beforeApplicationShutdown();
  });

  function threads({ program = SERVES, most = 2, startAfterMs = 0, idleMs = 60_000, patience = PATIENCE } = {}) {
    const file = new URL(`data:text/javascript,${encodeURIComponent(program)}`);
    const data = { database: { url: '', poolSize: 1 }, log: { level: 'silent', format: 'json' as const } };
    const options = Object.assign(new RunThreadOptions(most, 1, 3, startAfterMs, { file, data }), { idleMs, patience });
    const made = new RunThreads(options, new Clock());
    opened.push(made);
    return made;
  }

  /** A span that keeps this thread busy until it is let go. */
  function keepBusy(at: RunThreads) {
    const until = new AbortController();
    const done = at.work(RUN, [0, 0], async () => {
      if (!until.signal.aborted) await once(until.signal, 'abort');
    });
    return { done, letGo: () => until.abort() };
  }

  const notHere = () => Promise.reject(new Error('worked here'));

  it('works here as long as nothing waits', async () => {
    const at = threads({ program: NEVER_STARTS });
    const worked: number[] = [];
    for (const bucket of [1, 2, 3]) {
      await at.work(RUN, [bucket, bucket], async () => {
        worked.push(bucket);
      });
    }
    expect(worked).toEqual([1, 2, 3]);
  });

  it('gives what waits to a thread', async () => {
    const at = threads();
    const busy = keepBusy(at);
    await at.work(RUN, [1, 1], notHere);
    await at.work(RUN, [2, 2], notHere);
    busy.letGo();
    await busy.done;
  });

  it('starts a thread where spans are short and many', async () => {
    const at = threads({ startAfterMs: 50 });
    let elsewhere = false;
    const lane = async () => {
      while (!elsewhere) {
        let wasHere = false;
        await at.work(RUN, [1, 1], async () => {
          wasHere = true;
          await setImmediate();
        });
        elsewhere ||= !wasHere;
      }
    };
    await Promise.all([lane(), lane(), lane()]);
  });

  it('hands on what went wrong in a thread, which goes on with the next', async () => {
    const at = threads();
    const busy = keepBusy(at);
    await expect(at.work(RUN, [55, 55], notHere)).rejects.toThrow('broken');
    await at.work(RUN, [1, 1], notHere);
    busy.letGo();
    await busy.done;
  });

  it('fails a span whose thread ends in its midst, and starts another', async () => {
    const at = threads();
    const busy = keepBusy(at);
    await expect(at.work(RUN, [66, 66], notHere)).rejects.toThrow('has ended');
    await at.work(RUN, [1, 1], notHere);
    busy.letGo();
    await busy.done;
  });

  it('gives what waits to no thread that has broken, though it has not ended yet', async () => {
    const at = threads();
    const busy = keepBusy(at);
    const broken = at.work(RUN, [88, 88], notHere);
    let worked = false;
    const waiting = at.work(RUN, [1, 1], async () => {
      worked = true;
    });
    await expect(broken).rejects.toThrow('out of its mind');
    busy.letGo();
    await Promise.all([busy.done, waiting]);
    expect(worked).toBe(true);
  });

  it('fails a span whose thread hangs, and ends the thread', async () => {
    const at = threads({ patience: { callMs: 50, calls: 20 } });
    const busy = keepBusy(at);
    await expect(at.work(RUN, [99, 99], notHere)).rejects.toThrow('no longer answers');
    await at.work(RUN, [1, 1], notHere);
    busy.letGo();
    await busy.done;
  });

  it('leaves a thread alone that answers, however long its span takes', async () => {
    const at = threads({ patience: { callMs: 50, calls: 20 } });
    const busy = keepBusy(at);
    // It ends with the thirtieth call.
    await at.work(RUN, [77, 77], notHere);
    busy.letGo();
    await busy.done;
  });

  it('opens connections for the batches that a further thread works at the most', () => {
    const config = readConfig({
      DATABASE_URL: 'postgres://steward@localhost/steward',
      RUN_THREADS: '3',
      BATCHES_AT_A_TIME: '4',
    });
    const options = RunThreadOptions.of(config, new URL('data:,'));
    expect(options.start.data.database.poolSize).toBe(3);
    expect(options.connections).toBe(6);
    expect(options.startAfterMs).toBe(2_000);
  });

  it('works everything here where no thread can be started', async () => {
    const at = threads({ program: NEVER_STARTS });
    const busy = keepBusy(at);
    let worked = false;
    const waiting = at.work(RUN, [1, 1], async () => {
      worked = true;
    });
    busy.letGo();
    await Promise.all([busy.done, waiting]);
    expect(worked).toBe(true);
  });

  it('stops a span in a thread when whoever asked for it stops', async () => {
    const at = threads();
    const busy = keepBusy(at);
    const stopping = new AbortController();
    const stopped = at.work(RUN, [77, 77], notHere, stopping.signal);
    stopping.abort();
    await stopped;
    busy.letGo();
    await busy.done;
  });

  it('starts none where one thread is all', async () => {
    const at = threads({ most: 1 });
    const busy = keepBusy(at);
    let worked = false;
    const waiting = at.work(RUN, [1, 1], async () => {
      worked = true;
    });
    busy.letGo();
    await Promise.all([busy.done, waiting]);
    expect(worked).toBe(true);
  });
});
