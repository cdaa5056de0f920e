import { Injectable } from '@nestjs/common';
import type { Tx } from '../../db/unit-of-work.js';
import { type Day, toDay } from '../../domain/calendar/day.js';
import { AlertReleases } from '../../stages/alerts/alert-releases.service.js';
import { type Batch, bucketsOf } from '../../stages/batch.js';
import { type DayRun, DayRuns, type RunBase } from '../../stages/day-run.js';
import { LiveBatch } from './live-batch.js';
import { type Run, RunRepository } from './run.repository.js';

/** What accounts rest on, and the names that were in use before it was read. */
export interface NamedBase {
  names: string;
  base: RunBase;
}

/** The steps of a run over the day that is open or being closed: each is one transaction over one batch. */
@Injectable()
export class DayBatches {
  /** The day last prepared on a base: the batches of a run share it. */
  private readonly prepared = new WeakMap<RunBase, DayRun>();

  constructor(
    private readonly repository: RunRepository,
    private readonly dayRuns: DayRuns,
    private readonly live: LiveBatch,
    private readonly alerts: AlertReleases,
  ) {}

  /** At the end of a run over all accounts it is known what each alert rule would raise. */
  async settleAlerts(tx: Tx, base: RunBase): Promise<void> {
    await this.alerts.release(tx);
    await this.alerts.noteSilence(tx, this.dayOf(base, base.workspace.today, false));
  }

  /** A batch of the day that a run is about. Null: somebody else has done its buckets. */
  async compute(tx: Tx, { names, base }: NamedBase, run: Run, batch: Batch): Promise<number | null> {
    if ((await this.repository.walkedThrough(tx, run.id, bucketsOf(batch))).done) return null;
    const closes = run.kind === 'close';
    const day = this.dayOf(base, toDay(run.fromDay), closes);
    // What arrived since the day ended belongs to the next one, which is computed after the close.
    const due = closes ? [] : await this.repository.dueInBatch(tx, batch);
    // Another model was published meanwhile: it has made them due, or will, and by this one they are not done with.
    const isInUse = due.length === 0 || (await this.repository.namesInUse(tx)) === names;
    // Of a day that has ended meanwhile nothing is left to do: its close computes it.
    return (await this.live.run(tx, batch, day, isInUse ? due : [])) ?? 0;
  }

  private dayOf(base: RunBase, asOf: Day, isComplete: boolean): DayRun {
    const known = this.prepared.get(base);
    if (known?.asOf === asOf && known.isComplete === isComplete) return known;
    const day = this.dayRuns.day(base, asOf, { table: 'account_state', isComplete });
    this.prepared.set(base, day);
    return day;
  }
}
