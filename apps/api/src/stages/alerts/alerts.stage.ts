import { Injectable } from '@nestjs/common';
import type { Tx } from '../../db/unit-of-work.js';
import { AlertRulesReader } from '../../records/alert-rules/alert-rules.reader.js';
import { SegmentsReader } from '../../records/segments/segments.reader.js';
import type { AccountRun } from '../account-run.js';
import type { Batch } from '../batch.js';
import type { DayRun } from '../day-run.js';
import { AlertEvaluation } from './alert-evaluation.service.js';

/**
 * Alert rules over all that was computed before → alerts that begin, call for attention again, and end. Alerts are made
 * once, for the day that runs: days past are walked through without them.
 */
@Injectable()
export class AlertsStage {
  constructor(
    private readonly rules: AlertRulesReader,
    private readonly segments: SegmentsReader,
    private readonly evaluation: AlertEvaluation,
  ) {}

  /**
   * @param segmentRules the newest version of the segments' rules that memberships were made by. Where somebody has
   * changed a segment since then, the rules of alerts that rest on it are new already, but its members are not: nothing
   * is raised, and the account is held against the new rules in the run that finds both. All accounts are due for that.
   */
  async run(tx: Tx, batch: Batch, day: DayRun, runs: readonly AccountRun[], segmentRules: number): Promise<void> {
    if (day.table !== 'account_state') return;
    const rows = {
      table: 'account_state',
      day: day.iso,
      context: { kind: 'run', day: day.iso, stage: 'alerts', versions: day.past },
      catalogue: day.model.catalogue,
    } as const;
    const accounts = runs.map(({ id }) => id);
    const rules = await this.rules.rules(tx);
    // After the rules were read: a segment that changes in between is seen.
    const mayRaise = (await this.segments.newest(tx)) === segmentRules;
    await this.evaluation.evaluate(tx, batch, day, rows, rules, { accounts, isReplay: false, mayRaise });
  }
}
