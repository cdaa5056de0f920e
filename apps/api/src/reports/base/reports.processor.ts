import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { Handles } from '../../pipeline/base/handles.decorator.js';
import type { RunningJob } from '../../pipeline/base/job-handlers.js';
import { Queues } from '../../pipeline/base/queue.module.js';
import { Clock } from '../../platform/clock.js';
import { ReportBuild } from './report-build.service.js';
import { ReportOrdersRepository } from './report-orders.repository.js';

@Injectable()
export class ReportsProcessor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly builds: ReportBuild,
    private readonly orders: ReportOrdersRepository,
    private readonly queues: Queues,
    private readonly clock: Clock,
  ) {}

  @Handles('build-reports')
  async build(_: unknown, { signal }: Pick<RunningJob, 'signal'>): Promise<void> {
    await this.builds.runDue({ signal });
  }

  /** Finds figures that are to be put down and that nobody is putting down. */
  @Handles('sweep-reports')
  async sweep(): Promise<void> {
    const isDue = await this.unitOfWork.run((tx) => this.orders.hasWork(tx, this.clock.now()));
    if (isDue) await this.queues.enqueue('build-reports', {}, { once: 'now' });
  }
}
