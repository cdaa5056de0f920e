import { type JobsOptions, Queue } from 'bullmq';
import { Unavailable } from '../../platform/errors/app-error.js';
import type { JobInput, JobList, JobName, QueueName } from './job.js';
import type { QueueBackend } from './queue-backend.js';
import { quietly } from './queue-errors.js';

const ADD_TIMEOUT_MS = 5_000;
const HOUR_S = 3_600;

export interface EnqueueOptions {
  /**
   * At most one waiting job with this key: while one waits, more are dropped; while one runs, one more is kept to run
   * after it. So what arrives during a run is never missed.
   */
  once?: string;
  delayMs?: number;
}

/** The way in to the queues. */
export class JobQueues<Jobs extends JobList> {
  private readonly queues = new Map<QueueName, Queue>();

  constructor(
    readonly jobs: Jobs,
    private readonly backend: QueueBackend,
  ) {}

  /** Adds a job. The payload is checked against the job's schema here already, where the mistake was made. */
  async enqueue<Name extends JobName<Jobs>>(
    name: Name,
    payload: JobInput<Jobs, Name>,
    options: EnqueueOptions = {},
  ): Promise<void> {
    const { queue } = this.definition(name);
    await inTime(this.queue(queue).add(name, this.checked(name, payload), this.jobOptions(name, options)));
  }

  /** Adds many jobs of one kind in one go. */
  async enqueueAll<Name extends JobName<Jobs>>(
    name: Name,
    items: readonly { payload: JobInput<Jobs, Name>; options?: EnqueueOptions }[],
  ): Promise<void> {
    if (items.length === 0) return;
    const { queue } = this.definition(name);
    const jobs = items.map(({ payload, options = {} }) => ({
      name,
      data: this.checked(name, payload),
      opts: this.jobOptions(name, options),
    }));
    await inTime(this.queue(queue).addBulk(jobs));
  }

  /** Sets the clocks of the jobs that have one; clocks of jobs that no longer exist are removed. */
  async startClocks(): Promise<void> {
    for (const queueName of new Set(Object.values(this.jobs).map((job) => job.queue))) {
      const queue = this.queue(queueName);
      for (const clock of await queue.getJobSchedulers()) {
        if (this.jobs[clock.key]?.everyMs === undefined) await queue.removeJobScheduler(clock.key);
      }
    }
    for (const [name, { queue, everyMs }] of Object.entries(this.jobs)) {
      if (everyMs === undefined) continue;
      await this.queue(queue).upsertJobScheduler(
        name,
        { every: everyMs },
        { name, data: {}, opts: { removeOnComplete: true, removeOnFail: { count: 100 } } },
      );
    }
  }

  /** How many jobs are in each state; a paused queue counts its waiting jobs under `paused`. */
  async counts(queue: QueueName): Promise<Record<string, number>> {
    return this.queue(queue).getJobCounts();
  }

  /** Rejects when the queues cannot be reached. */
  async check(): Promise<void> {
    await this.counts('system');
  }

  async close(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
    this.queues.clear();
  }

  private queue(name: QueueName): Queue {
    const open = this.queues.get(name);
    if (open) return open;
    const made = new Queue(name, this.backend.connectionFor(name) as never, this.backend.factory as never);
    made.on('error', quietly(`queue ${name}`));
    this.queues.set(name, made);
    // One whose first connection failed stays with that failure for ever: the next use makes another.
    made.waitUntilReady().catch(() => {
      if (this.queues.get(name) === made) this.queues.delete(name);
      made.close().catch(() => undefined);
    });
    return made;
  }

  private definition(name: string) {
    const job = this.jobs[name];
    if (!job) throw new Error(`There is no job ${name}`);
    return job;
  }

  private checked(name: string, payload: unknown): unknown {
    this.definition(name).payload.parse(payload);
    return payload;
  }

  private jobOptions(name: string, { once, delayMs }: EnqueueOptions): JobsOptions {
    const { attempts = 1, backoffMs = 1_000 } = this.definition(name);
    return {
      attempts,
      backoff: { type: 'exponential', delay: backoffMs },
      removeOnComplete: { age: HOUR_S, count: 1_000 },
      removeOnFail: { age: 7 * 24 * HOUR_S, count: 5_000 },
      ...(delayMs !== undefined && { delay: delayMs }),
      ...(once !== undefined && { deduplication: { id: `${name} ${once}`, keepLastIfActive: true } }),
    };
  }
}

/** A client of Redis waits for a lost server without end; whoever adds a job must not. */
async function inTime(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Unavailable('QUEUE_UNAVAILABLE', 'The queue does not answer. Try again shortly.')),
      ADD_TIMEOUT_MS,
    );
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
