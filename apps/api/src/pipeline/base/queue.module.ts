import {
  type BeforeApplicationShutdown,
  type DynamicModule,
  Global,
  Inject,
  Injectable,
  Module,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Config } from '../../platform/config/config.js';
import type { ReadinessProbe } from '../../platform/health/readiness.js';
import { FindHandlers } from './find-handlers.js';
import type { JobList } from './job.js';
import { handlersByJob } from './job-handlers.js';
import { type Jobs, jobs as productJobs } from './job-list.js';
import { JobQueues } from './job-queues.js';
import { JobWorkers } from './job-workers.js';
import { type QueueBackend, queueBackend } from './queue-backend.js';

const JOB_LIST = Symbol('job list');
const QUEUE_BACKEND = Symbol('queue backend');
const DOES_JOBS = Symbol('does jobs');

/** The queues of the product, for whoever adds jobs. */
@Injectable()
export class Queues extends JobQueues<Jobs> implements BeforeApplicationShutdown {
  /** After the workers, before the database. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.close();
  }
}

@Injectable()
export class QueueProbe implements ReadinessProbe {
  readonly name = 'queue';

  constructor(private readonly queues: Queues) {}

  async check(): Promise<string | null> {
    await this.queues.check();
    return null;
  }
}

/** Checks at every start that jobs and handlers match, and runs the workers where this process is one. */
@Injectable()
class JobRunner implements OnApplicationBootstrap, OnModuleDestroy {
  private workers: JobWorkers | null = null;

  constructor(
    @Inject(JOB_LIST) private readonly jobs: JobList,
    @Inject(QUEUE_BACKEND) private readonly backend: QueueBackend,
    @Inject(DOES_JOBS) private readonly doesJobs: boolean,
    private readonly finder: FindHandlers,
    private readonly queues: Queues,
    private readonly config: Config,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const handlers = handlersByJob(this.jobs, this.finder.all());
    if (!this.doesJobs) return;
    this.workers = new JobWorkers(this.jobs, handlers, this.backend, {
      // One import, file and trial each: what one of them holds is a good part of what a worker may.
      atATime: {
        live: 1,
        nightly: this.config.spansAskedFor,
        imports: 1,
        exports: 1,
        trials: 1,
        deliveries: 4,
        system: 1,
      },
      drainMs: this.config.shutdownMs,
      silentMs: this.config.worker.silentMs,
    });
    await this.queues.startClocks();
    await this.workers.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.workers?.stop();
  }
}

@Global()
@Module({})
export class QueueModule {
  /** @param doesJobs whether this process is a worker */
  static with({ doesJobs, jobs = productJobs }: { doesJobs: boolean; jobs?: JobList }): DynamicModule {
    return {
      module: QueueModule,
      imports: [DiscoveryModule],
      providers: [
        { provide: JOB_LIST, useValue: jobs },
        { provide: DOES_JOBS, useValue: doesJobs },
        {
          provide: QUEUE_BACKEND,
          useFactory: ({ database, queue }: Config) => queueBackend({ databaseUrl: database.url, ...queue }),
          inject: [Config],
        },
        {
          provide: Queues,
          useFactory: (list: Jobs, backend: QueueBackend) => new Queues(list, backend),
          inject: [JOB_LIST, QUEUE_BACKEND],
        },
        QueueProbe,
        FindHandlers,
        JobRunner,
      ],
      exports: [Queues, QueueProbe],
    };
  }
}
