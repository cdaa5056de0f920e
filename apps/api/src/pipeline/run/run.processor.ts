import { Injectable } from '@nestjs/common';
import { Handles } from '../base/handles.decorator.js';
import type { RunningJob } from '../base/job-handlers.js';
import { Queues } from '../base/queue.module.js';
import { DayClose, LateFacts } from './day-close.service.js';
import { LiveRefresh } from './live-refresh.service.js';
import { Maintenance } from './maintenance.service.js';
import { Runs } from './runs.service.js';

/** The pipeline's jobs. Each looks into the database for what is due; a job that is lost is made again by the clock. */
@Injectable()
export class RunProcessor {
  constructor(
    private readonly live: LiveRefresh,
    private readonly dayClose: DayClose,
    private readonly lateFacts: LateFacts,
    private readonly runs: Runs,
    private readonly maintenance: Maintenance,
    private readonly queues: Queues,
  ) {}

  @Handles('refresh-live')
  async refreshLive(_: unknown, { signal }: RunningJob): Promise<void> {
    const tell = () => this.queues.enqueue('sweep-notifications', {}, { once: 'now' });
    const { waitsForClose } = await this.live.drain(signal, tell);
    if (waitsForClose) await this.queues.enqueue('close-days', {}, { once: 'now' });
  }

  /**
   * Puts all that is to be computed over all accounts into the queue, a job for each span of buckets; by day, when nothing
   * of that is due, also the days that late facts touched.
   */
  @Handles('close-days')
  async closeDays(): Promise<void> {
    const due = await this.dayClose.nextRun();
    const unfinished = await this.runs.unfinished();
    const [backfill] = unfinished.filter(({ kind }) => kind === 'backfill');
    const asked = unfinished.filter(({ kind }) => kind === 'refresh');
    for (const run of [due, ...asked, backfill]) {
      if (!run) continue;
      const spans = await this.runs.spans(run);
      // A run whose last bucket was done by somebody who stopped right then.
      if (spans.length === 0) await this.runs.finishIfDone(run);
      await this.queues.enqueueAll(
        'run-buckets',
        spans.map(([first, last]) => ({
          payload: { runId: run.id, first, last },
          options: { once: `${run.id} ${first} ${last}` },
        })),
      );
    }
    if (due || backfill) return;
    const markedBy = await this.lateFacts.quietSince();
    if (markedBy !== null) {
      await this.queues.enqueue('rebuild-late', { markedBy: markedBy.toISOString() }, { once: 'quiet' });
    }
  }

  @Handles('run-buckets')
  async runBuckets({ runId, first, last }: { runId: string; first: number; last: number }, { signal }: RunningJob) {
    const run = await this.runs.find(runId);
    if (!run || run.isFinished) return;
    await this.runs.workSpan(run, [first, last], signal);
    if (signal.aborted || !(await this.runs.finishIfDone(run))) return;
    // What comes next: another day to close, the first run of today, or what arrived meanwhile.
    await this.queues.enqueue('close-days', {}, { once: 'now' });
    await this.queues.enqueue('refresh-live', {}, { once: 'now' });
    await this.queues.enqueue('sweep-notifications', {}, { once: 'now' });
    if (run.kind === 'open') await this.queues.enqueue('rebuild-late', {}, { once: 'now' });
  }

  @Handles('rebuild-late')
  async rebuildLate({ markedBy }: { markedBy?: string }, { signal }: RunningJob): Promise<void> {
    await this.lateFacts.rebuild({ ...(markedBy !== undefined && { markedBy: new Date(markedBy) }), signal });
  }

  @Handles('maintain')
  async maintain(): Promise<void> {
    await this.maintenance.run();
  }
}
