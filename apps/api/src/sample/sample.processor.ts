import { Injectable } from '@nestjs/common';
import type { SampleStep } from '@steward/shared/sample';
import { UnitOfWork } from '../db/unit-of-work.js';
import { Handles } from '../pipeline/base/handles.decorator.js';
import type { RunningJob } from '../pipeline/base/job-handlers.js';
import { Clock } from '../platform/clock.js';
import { toAppError } from '../platform/errors/to-app-error.js';
import { log } from '../platform/logging/log.js';
import { SampleService } from './sample.service.js';
import { SampleHistory } from './sample-history.service.js';
import { SampleOrders } from './sample-orders.service.js';
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
    private readonly sample: SampleService,
    private readonly orders: SampleOrders,
    private readonly history: SampleHistory,
    private readonly clock: Clock,
  ) {}

  @Handles('run-sample')
  async run(
    _: unknown,
    { signal }: Pick<RunningJob, 'signal'>,
    progress: (share: number) => void = () => undefined,
  ): Promise<void> {
    while (!signal.aborted && (await this.next(signal, progress)));
  }

  @Handles('sweep-sample')
  sweep(): Promise<void> {
    return this.orders.sweep();
  }

  /** False: there is nothing to do. */
  private async next(signal: AbortSignal, progress: (share: number) => void): Promise<boolean> {
    const task = await this.unitOfWork.run((tx) => this.tasks.begin(tx, this.clock.now()));
    if (task === null) return false;
    const taken = new AbortController();
    try {
      if (task.attempts > MOST_ATTEMPTS) throw new Error('The sample was taken up too often without an end.');
      const note = await this.work(task, taken, AbortSignal.any([signal, taken.signal]), progress);
      await this.end(task, 'done', note);
    } catch (error) {
      if (taken.signal.aborted) return true;
      if (signal.aborted) {
        await this.end(task, 'queued', null);
        return false;
      }
      log.error({ err: error, kind: task.kind }, 'the order for the sample broke off');
      // A sample without its past is whole otherwise.
      await this.end(task, task.kind === 'history' ? 'done' : 'failed', toAppError(error).message);
    }
    return true;
  }

  /** Answers what is to be noted of its end; null: nothing is. */
  private async work(
    task: SampleTask,
    taken: AbortController,
    signal: AbortSignal,
    onHistory: (share: number) => void,
  ): Promise<string | null> {
    let step: SampleStep | null = task.kind === 'history' ? 'history' : null;
    let done = 0;
    const tell = () =>
      this.unitOfWork
        .run((tx) => this.tasks.advance(tx, task, step, done, this.clock.now()))
        .then((isOurs) => isOurs || taken.abort())
        .catch(() => undefined);
    const timer = setInterval(tell, TELL_MS);
    try {
      switch (task.kind) {
        case 'remove':
          await this.sample.clear();
          return null;
        case 'history': {
          const onProgress = (share: number) => {
            done = share;
            onHistory(share);
          };
          return await this.history.make({ signal, onProgress });
        }
        case 'load': {
          // Accounts may have come between the order and now.
          await this.orders.refuseBesideOwn();
          const progress = (at: SampleStep, share: number) => {
            const begins = at !== step;
            step = at;
            done = share;
            if (begins) void tell();
          };
          await this.sample.load(task.options, progress, { signIns: false, signal });
          return null;
        }
      }
    } finally {
      clearInterval(timer);
    }
  }

  /** The sample is there with its end; what is left to make of its past is put down with it. */
  private async end(task: SampleTask, state: 'queued' | 'done' | 'failed', problem: string | null): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const isOurs = await this.tasks.end(tx, task, state, problem, this.clock.now());
      if (isOurs && task.kind === 'load' && state === 'done') await this.history.order(tx);
    });
  }
}
