import { Injectable } from '@nestjs/common';
import type { SampleStep } from '@steward/shared/sample';
import { UnitOfWork } from '../db/unit-of-work.js';
import { Handles } from '../pipeline/base/handles.decorator.js';
import type { RunningJob } from '../pipeline/base/job-handlers.js';
import { Clock } from '../platform/clock.js';
import { toAppError } from '../platform/errors/to-app-error.js';
import { log } from '../platform/logging/log.js';
import { SampleRepository } from './sample.repository.js';
import { SampleService } from './sample.service.js';
import { ownAccounts, SampleOrders } from './sample-orders.service.js';
import { type SampleTask, SampleTasksRepository } from './sample-tasks.repository.js';

const TELL_MS = 1_000;
/** As often is an order taken up whose worker dies. */
const MOST_ATTEMPTS = 3;

/** Does what was ordered for the sample; one that was left is taken up again from the start, and nothing counts twice. */
@Injectable()
export class SampleProcessor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tasks: SampleTasksRepository,
    private readonly repository: SampleRepository,
    private readonly sample: SampleService,
    private readonly orders: SampleOrders,
    private readonly clock: Clock,
  ) {}

  @Handles('run-sample')
  async run(_: unknown, { signal }: Pick<RunningJob, 'signal'>): Promise<void> {
    const task = await this.unitOfWork.run((tx) => this.tasks.begin(tx, this.clock.now()));
    if (task === null) return;
    try {
      if (task.attempts > MOST_ATTEMPTS) throw new Error('The sample was taken up too often without an end.');
      await this.work(task, signal);
      await this.end(task, 'done', null);
    } catch (error) {
      if (signal.aborted) return this.end(task, 'queued', null);
      log.error({ err: error, kind: task.kind }, 'the order for the sample broke off');
      await this.end(task, 'failed', toAppError(error).message);
    }
  }

  @Handles('sweep-sample')
  sweep(): Promise<void> {
    return this.orders.sweep();
  }

  private async work(task: SampleTask, signal: AbortSignal): Promise<void> {
    let step: SampleStep | null = null;
    let done = 0;
    const tell = () =>
      this.unitOfWork.run((tx) => this.tasks.advance(tx, task.attempts, step, done, this.clock.now())).catch(() => {});
    const timer = setInterval(tell, TELL_MS);
    try {
      if (task.kind === 'remove') {
        await this.sample.clear();
        return;
      }
      // Accounts may have come between the order and now.
      if (await this.unitOfWork.run((tx) => this.repository.hasOwnAccounts(tx))) throw ownAccounts();
      const progress = (at: SampleStep, share: number) => {
        const begins = at !== step;
        step = at;
        done = share;
        if (begins) void tell();
      };
      await this.sample.load(task.options, progress, { signIns: false, signal });
    } finally {
      clearInterval(timer);
    }
  }

  private async end(task: SampleTask, state: 'queued' | 'done' | 'failed', problem: string | null): Promise<void> {
    await this.unitOfWork.run((tx) => this.tasks.end(tx, task.attempts, state, problem, this.clock.now()));
  }
}
