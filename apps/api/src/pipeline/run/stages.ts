import { Injectable } from '@nestjs/common';
import type { Tx } from '../../db/unit-of-work.js';
import type { AccountRun, KeepsMoves } from '../../stages/account-run.js';
import { AlertsStage } from '../../stages/alerts/alerts.stage.js';
import type { Batch } from '../../stages/batch.js';
import type { DayRun } from '../../stages/day-run.js';
import { GoalsStage } from '../../stages/goals/goals.stage.js';
import { RenewalsStage } from '../../stages/renewals/renewals.stage.js';
import { SegmentsStage } from '../../stages/segments/segments.stage.js';
import { ScoreStages } from './score-stages.js';

/** All stages, in their order. */
@Injectable()
export class Stages {
  constructor(
    private readonly scores: ScoreStages,
    private readonly renewals: RenewalsStage,
    private readonly segments: SegmentsStage,
    private readonly alerts: AlertsStage,
    private readonly goals: GoalsStage,
  ) {}

  /** Answers the accounts that were computed. `keeping` is asked when there are any. */
  async run(tx: Tx, batch: Batch, day: DayRun, keeping: () => Promise<KeepsMoves>): Promise<readonly AccountRun[]> {
    const runs = await this.scores.run(tx, batch, day, keeping);
    if (runs.length === 0) return runs;
    await this.renewals.run(tx, batch, day, runs);
    const segmentRules = await this.segments.run(tx, batch, day, runs);
    await this.alerts.run(tx, batch, day, runs, segmentRules);
    await this.goals.run(tx, batch, day);
    return runs;
  }
}
