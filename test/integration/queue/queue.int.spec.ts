import { z } from 'zod';
import type { JobList } from '../../../apps/api/src/pipeline/base/job.js';
import type { RunningJob } from '../../../apps/api/src/pipeline/base/job-handlers.js';
import { JobQueues } from '../../../apps/api/src/pipeline/base/job-queues.js';
import { JobWorkers } from '../../../apps/api/src/pipeline/base/job-workers.js';
import { type QueueBackend, queueBackend } from '../../../apps/api/src/pipeline/base/queue-backend.js';
import { configureLog } from '../../../apps/api/src/platform/logging/log.js';
import { hasRedis, startRedis } from '../../support/redis.js';
import { emptyDatabase } from '../../support/test-server.js';

const jobs = {
  'refresh.drain': { queue: 'live', payload: z.strictObject({}) },
  'refresh.bucket': { queue: 'nightly', payload: z.strictObject({ bucket: z.int().min(0).max(255) }) },
  'import.run': { queue: 'imports', payload: z.strictObject({ importId: z.string() }), attempts: 3, backoffMs: 10 },
  'export.run': { queue: 'exports', payload: z.strictObject({}) },
  'trial.run': { queue: 'trials', payload: z.strictObject({}) },
  'day.tick': { queue: 'system', payload: z.strictObject({}), everyMs: 100 },
} as const satisfies JobList;

/** Resolves when it was called as often as it should be; keeps what it was called with. */
function aRecorder<T>(times: number) {
  const calls: T[] = [];
  let done: () => void = () => {};
  const all = new Promise<void>((resolve) => {
    done = resolve;
  });
  const record = (value: T) => {
    calls.push(value);
    if (calls.length === times) done();
  };
  return { calls, all, record };
}

const backends = [
  { kind: 'postgres', isHere: true },
  { kind: 'redis', isHere: hasRedis },
] as const;

for (const { kind, isHere } of backends) {
  const suite = isHere ? describe : describe.skip;
  suite(`queues on ${kind}`, () => {
    let backend: QueueBackend;
    let release: () => Promise<void>;
    let queues: JobQueues<typeof jobs>;
    const workers: JobWorkers[] = [];

    beforeAll(async () => {
      configureLog({ level: 'silent', format: 'json' });
      const database = await emptyDatabase();
      const redis = kind === 'redis' ? await startRedis() : null;
      release = async () => {
        await redis?.stop();
        await database.close();
      };
      backend = queueBackend({ databaseUrl: database.url, redisUrl: redis?.url ?? null, namespace: 'queue_test' });
      await backend.migrate();
      await backend.migrate();
      queues = new JobQueues(jobs, backend);
    });

    afterEach(async () => {
      await Promise.all(workers.splice(0).map((worker) => worker.stop()));
    });

    afterAll(async () => {
      await queues.close();
      await release();
    });

    async function work(
      handlers: Partial<Record<keyof typeof jobs, (payload: any, job: RunningJob) => unknown>>,
      drainMs = 5_000,
    ) {
      const used: JobList = Object.fromEntries(Object.keys(handlers).map((name) => [name, jobs[name as 'day.tick']]));
      const worker = new JobWorkers(
        used,
        new Map(
          Object.entries(handlers).map(([name, handler]) => [name, async (...args) => void (await handler(...args))]),
        ),
        backend,
        {
          atATime: { live: 1, nightly: 2, imports: 1, exports: 1, trials: 1, deliveries: 1, system: 1 },
          drainMs,
          silentMs: 1_000,
        },
      );
      workers.push(worker);
      await worker.start();
      return worker;
    }

    it('gives each job to its handler with the payload as its schema reads it', async () => {
      const seen = aRecorder<number>(20);
      await queues.enqueueAll(
        'refresh.bucket',
        Array.from({ length: 20 }, (_, bucket) => ({ payload: { bucket } })),
      );
      await work({ 'refresh.bucket': ({ bucket }) => seen.record(bucket) });
      await seen.all;
      expect(seen.calls.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, bucket) => bucket));
    });

    it('refuses a payload that its schema does not allow, where it is added', async () => {
      await expect(queues.enqueue('refresh.bucket', { bucket: 256 })).rejects.toThrow(/256|less|too big|<=/i);
    });

    it('keeps one job of a key waiting, and one more while one runs, so that nothing is missed', async () => {
      const runs = aRecorder<string>(2);
      let releaseFirst: () => void = () => {};
      const first = new Promise<void>((resolve) => {
        releaseFirst = resolve;
      });
      const started = aRecorder<string>(1);
      for (let i = 0; i < 5; i++) await queues.enqueue('refresh.drain', {}, { once: 'all' });
      await work({
        'refresh.drain': async (_, { id }) => {
          started.record(id);
          if (runs.calls.length === 0) await first;
          runs.record(id);
        },
      });
      await started.all;
      for (let i = 0; i < 5; i++) await queues.enqueue('refresh.drain', {}, { once: 'all' });
      releaseFirst();
      await runs.all;
      // A third run, had one been kept, would come before this job of another key.
      const after = aRecorder<string>(1);
      await Promise.all(workers.splice(0).map((worker) => worker.stop()));
      await queues.enqueue('refresh.drain', {}, { once: 'other' });
      await work({ 'refresh.drain': (_, { id }) => after.record(id) });
      await after.all;
      expect(runs.calls).toHaveLength(2);
      expect(after.calls).toHaveLength(1);
    });

    it('does imports and exports while a trial on history takes its time', async () => {
      const trial = aRecorder<string>(1);
      const others = aRecorder<string>(2);
      let release: () => void = () => {};
      const longWork = new Promise<void>((resolve) => {
        release = resolve;
      });
      await queues.enqueue('trial.run', {});
      await work({
        'trial.run': async () => {
          trial.record('trial');
          await longWork;
        },
        'import.run': () => others.record('import'),
        'export.run': () => others.record('export'),
      });
      await trial.all;
      await queues.enqueue('import.run', { importId: 'b' });
      await queues.enqueue('export.run', {});
      await others.all;
      release();
      expect(others.calls.toSorted()).toEqual(['export', 'import']);
    });

    it('tries a failing job again as often as its definition says', async () => {
      const attempts = aRecorder<number>(3);
      await queues.enqueue('import.run', { importId: 'a' });
      await work({
        'import.run': (_, { attempt }) => {
          attempts.record(attempt);
          if (attempt < 3) throw new Error('the file is not there yet');
        },
      });
      await attempts.all;
      expect(attempts.calls).toEqual([1, 2, 3]);
    });

    it('makes jobs by the clock', async () => {
      const ticks = aRecorder<unknown>(2);
      await queues.startClocks();
      await work({ 'day.tick': (payload) => ticks.record(payload) });
      await ticks.all;
      expect(ticks.calls.slice(0, 2)).toEqual([{}, {}]);
    });

    it('waits for a running job when it stops, and takes no new one', async () => {
      const started = aRecorder<string>(1);
      const finished: string[] = [];
      const worker = await work({
        'import.run': async ({ importId }, { signal }) => {
          started.record(importId);
          await new Promise<void>((resolve) => {
            if (signal.aborted) resolve();
            signal.addEventListener('abort', () => resolve());
          });
          finished.push(importId);
        },
      });
      await queues.enqueue('import.run', { importId: 'first' });
      await started.all;
      await queues.enqueue('import.run', { importId: 'second' });
      await worker.stop();
      expect(finished).toEqual(['first']);
    });

    it('gives the job of a worker that fell silent to another', async () => {
      const started = aRecorder<number>(1);
      const lost = await work(
        {
          'refresh.bucket': ({ bucket }) => {
            started.record(bucket);
            return new Promise(() => {});
          },
        },
        50,
      );
      await queues.enqueue('refresh.bucket', { bucket: 7 });
      await started.all;
      await lost.stop();
      const done = aRecorder<number>(1);
      await work({ 'refresh.bucket': ({ bucket }) => done.record(bucket) });
      await done.all;
      expect(done.calls).toEqual([7]);
    });

    it('says that it can be reached', async () => {
      await expect(queues.check()).resolves.toBeUndefined();
    });
  });
}
