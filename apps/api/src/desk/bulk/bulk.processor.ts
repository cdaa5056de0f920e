import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { Handles } from '../../pipeline/base/handles.decorator.js';
import type { RunningJob } from '../../pipeline/base/job-handlers.js';
import { BulkRepository } from './bulk.repository.js';
import { BulkDesk } from './bulk-desk.js';
import { BulkWorker } from './bulk-worker.js';

/** The queue's other work gets its turn after so long. */
const TURN_MS = 5_000;
const KEPT_DAYS = 90;
const DAY_MS = 24 * 60 * 60 * 1000;

@Injectable()
export class BulkProcessor {
  constructor(
    private readonly worker: BulkWorker,
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: BulkRepository,
    private readonly desk: BulkDesk,
  ) {}

  @Handles('run-bulk')
  async run({ actionId }: { actionId: string }, { signal }: RunningJob): Promise<void> {
    const ended = await this.worker.work(actionId, { signal, forMs: TURN_MS });
    if (!ended && !signal.aborted) await this.desk.hint(actionId);
  }

  /** Gives work out again that was ordered and that nobody is doing, and forgets what ended long ago. */
  @Handles('sweep-bulk')
  async sweep(): Promise<void> {
    const now = this.desk.now();
    const left = await this.unitOfWork.run(async (tx) => {
      await this.repository.forget(tx, new Date(now.getTime() - KEPT_DAYS * DAY_MS));
      return this.repository.left(tx, now);
    });
    for (const id of left) await this.desk.hint(id);
  }
}
