import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Queues } from '../../pipeline/base/queue.module.js';
import { log } from '../../platform/logging/log.js';

/** Facts that arrive together are refreshed together. */
const WAIT_MS = 100;

/** Tells the refresh that accounts are due. Only a hint: the due accounts are rows, and a clock finds them anyway. */
@Injectable()
export class RefreshHint implements OnModuleDestroy {
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly queues: Queues) {}

  give(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.queues
        .enqueue('refresh-live', {}, { once: 'due' })
        .catch((error: unknown) => log.warn({ err: error }, 'the queue does not take the refresh; its clock will'));
    }, WAIT_MS).unref();
  }

  onModuleDestroy(): void {
    if (this.timer) clearTimeout(this.timer);
  }
}
