import { Injectable } from '@nestjs/common';
import type { Tx } from '../../db/unit-of-work.js';
import type { Batch } from '../batch.js';
import type { DayRun } from '../day-run.js';
import { GoalEvaluation } from './goal-evaluation.service.js';
import { GoalTriggers } from './goal-triggers.service.js';

/**
 * Goals over all that was computed before: those that a segment starts begin, those that live are measured, and end.
 * Like alerts they are made once, for the day that runs.
 */
@Injectable()
export class GoalsStage {
  constructor(
    private readonly evaluation: GoalEvaluation,
    private readonly triggers: GoalTriggers,
  ) {}

  async run(tx: Tx, batch: Batch, day: DayRun): Promise<void> {
    if (day.table !== 'account_state') return;
    const rows = {
      table: 'account_state',
      day: day.iso,
      context: { kind: 'run', day: day.iso, stage: 'goals', versions: day.past },
      catalogue: day.model.catalogue,
    } as const;
    await this.triggers.fromSegments(tx, batch, day, rows, 'segment');
    await this.evaluation.evaluate(tx, batch, day, rows, false);
  }
}
