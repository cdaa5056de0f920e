import { Injectable } from '@nestjs/common';
import type { Tx } from '../../db/unit-of-work.js';
import { AlertRulesReader } from '../../records/alert-rules/alert-rules.reader.js';
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
    private readonly evaluation: AlertEvaluation,
  ) {}

  async run(tx: Tx, batch: Batch, day: DayRun, runs: readonly AccountRun[]): Promise<void> {
    if (day.table !== 'account_state') return;
    const rows = {
      table: 'account_state',
      day: day.iso,
      context: { kind: 'run', day: day.iso, stage: 'alerts', versions: day.past },
      catalogue: day.model.catalogue,
    } as const;
    const accounts = runs.map(({ id }) => id);
    await this.evaluation.evaluate(tx, batch, day, rows, await this.rules.rules(tx), { accounts, isReplay: false });
  }
}
