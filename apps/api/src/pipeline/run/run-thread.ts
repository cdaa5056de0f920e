import { Worker } from 'node:worker_threads';
import { log } from '../../platform/logging/log.js';
import type { Run } from './run.repository.js';
import type { BucketSpan } from './run-spans.js';
import { type FromThread, type RunThreadData, type ToThread, thrown } from './run-thread-messages.js';

/** How long a thread that is asked to end may take for the batches that are under way. */
const END_MS = 10_000;

/**
 * Room for what is just made, in MB: three parts, one of them of use, as large as the first thread's. With half of it
 * batches are collected more often; with twice as much days took hardly less, and a worker of two threads over 300 MB.
 */
const YOUNG_MB = 48;

/** When a thread counts as hanging: it has not answered so many calls in turn, each so long after the one before. */
export interface Patience {
  callMs: number;
  calls: number;
}

/**
 * Two minutes without one turn of its loop, a thousand times what a batch holds it for. Calls are counted, not time: on a
 * machine that is slow or was asleep, whoever calls is late as well.
 */
export const PATIENCE: Patience = { callMs: 5_000, calls: 24 };

/** A further thread of this process that works spans of runs, on connections of its own. */
export class RunThread {
  /** Resolves when it takes orders; rejects where it cannot start. */
  readonly ready: Promise<void>;
  /** Resolves when it takes no more orders, before the orders that it had fail. */
  readonly lost: Promise<void>;
  /** Resolves when it is no more, asked to end or not. */
  readonly ended: Promise<void>;
  private readonly worker: Worker;
  private readonly orders = new Map<number, (error: Error | null) => void>();
  private given = 0;
  private calling: NodeJS.Timeout | null = null;
  private unanswered = 0;
  private fail: (error: Error) => void = () => {};

  constructor(
    file: URL,
    data: RunThreadData,
    private readonly patience: Patience,
  ) {
    this.worker = new Worker(file, { workerData: data, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
    let lose = () => {};
    this.lost = new Promise((resolve) => {
      lose = resolve;
    });
    this.ready = new Promise((resolve, reject) => {
      this.fail = (error) => {
        lose();
        reject(error);
        for (const order of [...this.orders.keys()]) this.settle(order, error);
      };
      this.worker.on('message', (message: FromThread) => {
        this.unanswered = 0;
        if (message.kind === 'ready') resolve();
        else if (message.kind === 'done') this.settle(message.order, message.error && thrown(message.error));
      });
      this.worker.on('error', (error: Error) => this.fail(error));
      this.worker.on('exit', () => this.fail(new Error('A thread of a run has ended')));
    });
    this.ended = new Promise((resolve) => this.worker.once('exit', () => resolve()));
    // The process may end while a thread waits for work.
    this.worker.unref();
  }

  /** @param aheadMs how far the caller's clock is ahead of the machine's: the thread goes by it */
  work(run: Run, span: BucketSpan, aheadMs: number, signal?: AbortSignal): Promise<void> {
    const order = ++this.given;
    const stop = () => this.tell({ kind: 'stop', order });
    const done = new Promise<void>((resolve, reject) => {
      this.orders.set(order, (error) => (error ? reject(error) : resolve()));
    });
    this.worker.ref();
    this.startCalling();
    this.tell({ kind: 'work', order, run, span, aheadMs });
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
    return done.finally(() => signal?.removeEventListener('abort', stop));
  }

  /** Ends after the batches that are under way, or in their midst where they take too long: they are done anew later. */
  async end(): Promise<void> {
    this.worker.ref();
    this.tell({ kind: 'end' });
    const late = setTimeout(() => {
      log.warn('a thread of a run did not end in time');
      void this.worker.terminate();
    }, END_MS);
    await this.ended;
    clearTimeout(late);
  }

  private tell(message: ToThread): void {
    this.worker.postMessage(message);
  }

  private settle(order: number, error: Error | null): void {
    const settle = this.orders.get(order);
    this.orders.delete(order);
    if (this.orders.size === 0) {
      this.worker.unref();
      this.stopCalling();
    }
    settle?.(error);
  }

  /** While it has orders. */
  private startCalling(): void {
    if (this.calling !== null) return;
    this.unanswered = 0;
    this.calling = setInterval(() => this.call(), this.patience.callMs).unref();
  }

  private stopCalling(): void {
    if (this.calling !== null) clearInterval(this.calling);
    this.calling = null;
  }

  private call(): void {
    if (this.unanswered < this.patience.calls) {
      this.unanswered += 1;
      this.tell({ kind: 'call' });
      return;
    }
    log.error('a thread of a run no longer answers and is ended: its spans are done anew');
    this.fail(new Error('A thread of a run no longer answers'));
    void this.worker.terminate();
  }
}
