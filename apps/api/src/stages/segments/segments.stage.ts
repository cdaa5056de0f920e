import { Injectable } from '@nestjs/common';
import type { Tx } from '../../db/unit-of-work.js';
import { SegmentsReader } from '../../records/segments/segments.reader.js';
import type { AccountRun } from '../account-run.js';
import type { Batch } from '../batch.js';
import type { DayRun } from '../day-run.js';
import { runningDay } from './day-of-segments.js';
import { type IsBaseline, SegmentEvaluation } from './segment-evaluation.service.js';
import { SegmentEvaluationsRepository } from './segment-evaluations.repository.js';
import { partsOf, type SegmentPart } from './segment-parts.js';
import { SegmentsRepository } from './segments.repository.js';
import { contactsOf, type Settled, settlingRules, type UnsettledAccount } from './settled-contacts.js';

/**
 * Segment rules over all that was computed before → which accounts and contacts are members, and who came and went on
 * the day. Membership is that of now: days past are walked through without it.
 */
@Injectable()
export class SegmentsStage {
  constructor(
    private readonly segments: SegmentsReader,
    private readonly repository: SegmentsRepository,
    private readonly evaluations: SegmentEvaluationsRepository,
    private readonly evaluation: SegmentEvaluation,
  ) {}

  /** Answers the newest version of the rules that memberships are made by; 0: there are none. */
  async run(tx: Tx, batch: Batch, day: DayRun, runs: readonly AccountRun[]): Promise<number> {
    if (day.table !== 'account_state') return 0;
    const segments = await this.segments.rules(tx);
    if (segments.length === 0) {
      await this.evaluations.unsettle(tx, batch);
      return 0;
    }
    const newest = Math.max(...segments.map(({ version }) => version));
    const parts = partsOf(segments, day.model);
    const accounts = new Set(runs.map(({ id }) => id));
    const asked = await this.unsettled(tx, batch, day, runs, { parts, newest });
    const isBaseline = await this.baselines(tx, day, runs, asked);
    const steady = parts.some(({ isSteady }) => isSteady);
    const unsettled = steady ? contactsOf(asked, batch, accounts) : null;
    const settled = await this.evaluation.evaluate(tx, batch, runningDay(day), parts, {
      accounts,
      isBaseline,
      unsettled,
    });
    await this.note(tx, asked, accounts, { newest, settled });
    return newest;
  }

  private async unsettled(
    tx: Tx,
    batch: Batch,
    day: DayRun,
    runs: readonly AccountRun[],
    { parts, newest }: { parts: readonly SegmentPart[]; newest: number },
  ): Promise<Map<string, UnsettledAccount>> {
    const steady = parts.find(({ isSteady }) => isSteady);
    if (steady === undefined) await this.evaluations.unsettle(tx, batch);
    const rules = steady === undefined ? null : settlingRules(steady, runningDay(day));
    const arrived = runs.flatMap(({ id, factsKept }) => (factsKept ? [] : [id]));
    return this.evaluations.unsettled(tx, batch, newest, { day: day.iso, rules, arrived });
  }

  /** What is as it was noted is not written again. */
  private async note(
    tx: Tx,
    asked: ReadonlyMap<string, UnsettledAccount>,
    accounts: ReadonlySet<string>,
    { newest, settled }: { newest: number; settled: readonly Settled[] },
  ): Promise<void> {
    const isSettled = new Set(settled.map(({ accountId }) => accountId));
    const ids = [...asked].flatMap(([id, { isBehind, isNoted }]) =>
      accounts.has(id) && (isBehind || isNoted || isSettled.has(id)) ? [id] : [],
    );
    await this.evaluations.note(tx, ids, newest, settled);
  }

  /**
   * An account that is computed for the first time enters what it meets; on the workspace's first day, though, all is
   * taken as it is found.
   */
  private async baselines(
    tx: Tx,
    day: DayRun,
    runs: readonly AccountRun[],
    asked: ReadonlyMap<string, UnsettledAccount>,
  ): Promise<IsBaseline> {
    const first = await this.repository.firstDay(tx);
    if (first === null || day.asOf <= first) return () => true;
    const isNew = new Set(runs.flatMap(({ id, row }) => (row === null ? [id] : [])));
    return (id, version) => {
      const account = asked.get(id);
      if (account === undefined || !account.isBehind) return false;
      return account.through === null ? !isNew.has(id) : version > account.through;
    };
  }
}
