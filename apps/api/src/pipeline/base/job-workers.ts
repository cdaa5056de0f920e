import { type Job, UnrecoverableError, Worker } from 'bullmq';
import { log } from '../../platform/logging/log.js';
import { inContext } from '../../platform/logging/request-context.js';
import type { JobList, QueueName } from './job.js';
import type { Handlers } from './job-handlers.js';
import type { QueueBackend } from './queue-backend.js';
import { quietly } from './queue-errors.js';

export interface WorkerOptions {
  /** Jobs of a queue at a time, in this process. */
  atATime: Readonly<Record<QueueName, number>>;
  /** How long running jobs are waited for when the process stops. */
  drainMs: number;
  /** How long a worker may be silent before its job is given to another. */
  silentMs?: number;
}

const SILENT_MS = 60_000;

/** Takes jobs from the queues and gives them to their handlers. */
export class JobWorkers {
  private workers: Worker[] = [];
  private readonly running = new Set<Promise<void>>();
  private readonly stopping = new AbortController();

  constructor(
    private readonly jobs: JobList,
    private readonly handlers: Handlers,
    private readonly backend: QueueBackend,
    private readonly options: WorkerOptions,
  ) {}

  async start(): Promise<void> {
    const used = new Set(Object.values(this.jobs).map((job) => job.queue));
    this.workers = [...used].map((queue) => this.workerOf(queue));
    await Promise.all(this.workers.map((worker) => worker.waitUntilReady()));
  }

  /** Takes no more jobs and waits for those that run; what is not done in time is done again elsewhere. */
  async stop(): Promise<void> {
    this.stopping.abort();
    const workers = this.workers;
    this.workers = [];
    await Promise.all(workers.map((worker) => worker.pause(true)));
    const allDone = await this.runningJobsEnd();
    if (!allDone) log.warn('jobs still run; they are left to another worker');
    await Promise.all(workers.map((worker) => worker.close(!allDone)));
  }

  /** Whether every running job ended within the time given. */
  private async runningJobsEnd(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), this.options.drainMs);
    });
    const ended = Promise.allSettled([...this.running]).then(() => true);
    const outcome = await Promise.race([ended, late]);
    clearTimeout(timer);
    return outcome;
  }

  private workerOf(queue: QueueName): Worker {
    const { silentMs = SILENT_MS } = this.options;
    const worker = new Worker(
      queue,
      (job: Job) => this.track(this.run(job)),
      {
        ...this.backend.connectionFor(`worker ${queue}`),
        concurrency: this.options.atATime[queue],
        lockDuration: silentMs,
        stalledInterval: silentMs / 2,
        maxStalledCount: 3,
      } as never,
      this.backend.factory as never,
    );
    worker.on('error', quietly(`worker ${queue}`));
    worker.on('failed', (job, error) => tellFailure(job, error));
    return worker;
  }

  private track(run: Promise<void>): Promise<void> {
    this.running.add(run);
    const forget = () => this.running.delete(run);
    run.then(forget, forget);
    return run;
  }

  private async run(job: Job): Promise<void> {
    const definition = this.jobs[job.name];
    const handler = this.handlers.get(job.name);
    if (!definition || !handler) throw new UnrecoverableError(`There is no job ${job.name} in this version`);
    const payload = definition.payload.safeParse(job.data);
    if (!payload.success) throw new UnrecoverableError(`The payload of ${job.name} is wrong: ${payload.error.message}`);
    const running = { id: job.id ?? '', attempt: job.attemptsMade + 1, signal: this.stopping.signal };
    const start = performance.now();
    await inContext({ requestId: `${job.name}:${running.id}`, job: job.name }, async () => {
      await handler(payload.data as never, running);
      log.debug({ ms: Math.round(performance.now() - start) }, 'job done');
    });
  }
}

function tellFailure(job: Job | undefined, error: Error): void {
  const attempt = job?.attemptsMade ?? 0;
  const isLast = attempt >= (job?.opts.attempts ?? 1);
  const entry = { job: job?.name, jobId: job?.id, attempt, err: error };
  if (isLast) log.error(entry, 'job failed');
  else log.warn(entry, 'job failed and is tried again');
}
