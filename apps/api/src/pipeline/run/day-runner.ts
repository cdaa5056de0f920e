import { Injectable } from '@nestjs/common';
import { dataFault } from '../../db/data-fault.js';
import type { Tx } from '../../db/unit-of-work.js';
import type { Batch } from '../../stages/batch.js';
import type { DayRun } from '../../stages/day-run.js';
import { HealthStage } from '../../stages/health/health.stage.js';
import { LifecycleStage } from '../../stages/lifecycle/lifecycle.stage.js';
import { SignalsStage } from '../../stages/signals/signals.stage.js';
import { StateRepository } from '../../stages/state/state.repository.js';
import { TiersStage } from '../../stages/tiers/tiers.stage.js';
import { SetAside, UnfitData } from './set-aside.service.js';

/**
 * What a run leaves behind beside the state: the day's snapshots and moves of all accounts, of those that have none yet,
 * of those that have one already, or nothing (days walked through only for the memory of later ones).
 */
export type Leaves = 'all' | 'missing' | 'existing' | 'nothing';

export interface RunCount {
  accounts: number;
  written: number;
}

/** One day of a batch of accounts, through all stages in their order, within the caller's transaction and locks. */
@Injectable()
export class DayRunner {
  constructor(
    private readonly signals: SignalsStage,
    private readonly tiers: TiersStage,
    private readonly health: HealthStage,
    private readonly lifecycle: LifecycleStage,
    private readonly states: StateRepository,
    private readonly setAside: SetAside,
  ) {}

  /** Throws `UnfitData` where the data of an account are at fault. */
  async run(tx: Tx, batch: Batch, day: DayRun, leaves: Leaves): Promise<RunCount> {
    try {
      return await this.stages(tx, batch, day, leaves);
    } catch (error) {
      const fault = dataFault(error);
      throw fault === null ? error : new UnfitData(day, fault, error);
    }
  }

  private async stages(tx: Tx, batch: Batch, day: DayRun, leaves: Leaves): Promise<RunCount> {
    const runs = await this.signals.run(tx, batch, day);
    if (runs.length === 0) return { accounts: 0, written: 0 };
    const keeps = await this.keeps(tx, batch, day, leaves);
    await this.tiers.run(tx, batch, day, runs, keeps);
    await this.health.run(tx, batch, day, runs);
    await this.lifecycle.run(tx, batch, day, runs, keeps);
    if (leaves !== 'nothing') await this.states.writeSnapshots(tx, day.table, batch, day.iso, leaves);
    await this.setAside.forgive(tx, batch, day);
    return { accounts: runs.length, written: runs.filter((run) => run.written).length };
  }

  private async keeps(tx: Tx, batch: Batch, day: DayRun, leaves: Leaves): Promise<(accountId: string) => boolean> {
    if (leaves === 'all') return () => true;
    if (leaves === 'nothing') return () => false;
    const existing = await this.states.withSnapshot(tx, batch, day.iso);
    return (accountId) => existing.has(accountId) === (leaves === 'existing');
  }
}
