import { Injectable } from '@nestjs/common';
import type { Tx } from '../../db/unit-of-work.js';
import { SegmentsReader } from '../../records/segments/segments.reader.js';
import type { AccountRun } from '../account-run.js';
import type { Batch } from '../batch.js';
import type { DayRun } from '../day-run.js';
import { runningDay } from './day-of-segments.js';
import { type IsBaseline, SegmentEvaluation } from './segment-evaluation.service.js';
import { SegmentsRepository } from './segments.repository.js';

/**
 * Segment rules over all that was computed before → which accounts and contacts are members, and who came and went on
 * the day. Membership is that of now: days past are walked through without it.
 */
@Injectable()
export class SegmentsStage {
  constructor(
    private readonly segments: SegmentsReader,
    private readonly repository: SegmentsRepository,
    private readonly evaluation: SegmentEvaluation,
  ) {}

  /** Answers the newest version of the rules that memberships are made by; 0: there are none. */
  async run(tx: Tx, batch: Batch, day: DayRun, runs: readonly AccountRun[]): Promise<number> {
    if (day.table !== 'account_state') return 0;
    const segments = await this.segments.rules(tx);
    if (segments.length === 0) return 0;
    const newest = Math.max(...segments.map(({ version }) => version));
    const behind = await this.repository.behind(tx, batch, newest);
    const isBaseline = await this.baselines(tx, day, runs, behind);
    const accounts = new Set(runs.map(({ id }) => id));
    await this.evaluation.evaluate(tx, batch, runningDay(day), segments, { accounts, isBaseline });
    const late = runs.filter(({ id }) => behind.has(id)).map(({ id }) => id);
    await this.repository.setThrough(tx, late, newest);
    return newest;
  }

  /**
   * An account that is computed for the first time enters what it meets; on the workspace's first day, though, all is
   * taken as it is found.
   */
  private async baselines(
    tx: Tx,
    day: DayRun,
    runs: readonly AccountRun[],
    behind: ReadonlyMap<string, number | null>,
  ): Promise<IsBaseline> {
    const first = await this.repository.firstDay(tx);
    if (first === null || day.asOf <= first) return () => true;
    const isNew = new Set(runs.flatMap(({ id, row }) => (row === null ? [id] : [])));
    return (id, version) => {
      const through = behind.get(id);
      if (through === undefined) return false;
      return through === null ? !isNew.has(id) : version > through;
    };
  }
}
