import { parentPort } from 'node:worker_threads';
import { Injectable } from '@nestjs/common';
import { assertUnreachable } from '../../domain/assert-unreachable.js';
import { Clock } from '../../platform/clock.js';
import { RunSpans } from './run-spans.js';
import { type FromThread, type ToThread, told } from './run-thread-messages.js';

/** Does in a thread what it is told, several spans at a time, and says when each is done. */
@Injectable()
export class RunThreadWork {
  private readonly running = new Map<number, { stopping: AbortController; done: Promise<void> }>();

  constructor(
    private readonly spans: RunSpans,
    private readonly clock: Clock,
  ) {}

  takeOrders(end: () => Promise<void>): void {
    parentPort?.on('message', (message: ToThread) => {
      switch (message.kind) {
        case 'work':
          this.begin(message);
          break;
        case 'stop':
          this.running.get(message.order)?.stopping.abort();
          break;
        case 'call':
          say({ kind: 'here' });
          break;
        case 'end':
          void this.end(end);
          break;
        default:
          assertUnreachable(message);
      }
    });
    say({ kind: 'ready' });
  }

  private begin({ order, run, span, aheadMs }: Extract<ToThread, { kind: 'work' }>): void {
    // It goes by the clock of the one who orders, whatever clock that is.
    this.clock.now = () => new Date(Date.now() + aheadMs);
    const stopping = new AbortController();
    const done = this.spans
      .work(run, span, stopping.signal)
      .then(
        () => say({ kind: 'done', order, error: null }),
        (error: unknown) => say({ kind: 'done', order, error: told(error) }),
      )
      .finally(() => this.running.delete(order));
    this.running.set(order, { stopping, done });
  }

  private async end(close: () => Promise<void>): Promise<void> {
    for (const { stopping } of this.running.values()) stopping.abort();
    await Promise.all([...this.running.values()].map(({ done }) => done));
    await close();
    parentPort?.close();
  }
}

function say(message: FromThread): void {
  parentPort?.postMessage(message);
}
