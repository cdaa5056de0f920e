import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { Handles } from '../../pipeline/base/handles.decorator.js';
import type { RunningJob } from '../../pipeline/base/job-handlers.js';
import { HistoryWorker } from './history-worker.js';
import { RunsRepository } from './runs.repository.js';
import { RunsDesk } from './runs.service.js';

@Injectable()
export class StudioProcessor {
  constructor(
    private readonly worker: HistoryWorker,
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: RunsRepository,
    private readonly desk: RunsDesk,
  ) {}

  @Handles('run-studio')
  run({ runId }: { runId: string }, { signal }: RunningJob): Promise<void> {
    return this.worker.work(runId, signal);
  }

  /** Gives trials out again that were ordered and that nobody is doing, and forgets old ones. */
  @Handles('sweep-studio')
  async sweep(): Promise<void> {
    const left = await this.unitOfWork.run(async (tx) => {
      await this.repository.forget(tx);
      return this.repository.left(tx, this.desk.now());
    });
    for (const id of left) await this.desk.hint(id);
  }
}
