import { Injectable } from '@nestjs/common';
import type { Tx } from '../../db/unit-of-work.js';
import type { AccountRun, KeepsMoves } from '../../stages/account-run.js';
import type { Batch } from '../../stages/batch.js';
import type { DayRun } from '../../stages/day-run.js';
import { HealthStage } from '../../stages/health/health.stage.js';
import { LifecycleStage } from '../../stages/lifecycle/lifecycle.stage.js';
import { SignalsStage } from '../../stages/signals/signals.stage.js';
import { TiersStage } from '../../stages/tiers/tiers.stage.js';

/** The stages that make an account's state of the day, in their order. */
@Injectable()
export class ScoreStages {
  constructor(
    private readonly signals: SignalsStage,
    private readonly tiers: TiersStage,
    private readonly health: HealthStage,
    private readonly lifecycle: LifecycleStage,
  ) {}

  /** Answers the accounts that were computed. `keeping` is asked when there are any. */
  async run(tx: Tx, batch: Batch, day: DayRun, keeping: () => Promise<KeepsMoves>): Promise<readonly AccountRun[]> {
    const runs = await this.signals.run(tx, batch, day, this.health.foretold);
    if (runs.length === 0) return runs;
    const keeps = await keeping();
    await this.tiers.run(tx, batch, day, runs, keeps);
    await this.health.run(tx, batch, day, runs);
    await this.lifecycle.run(tx, batch, day, runs, keeps);
    return runs;
  }
}
