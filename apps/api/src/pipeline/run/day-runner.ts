import { Injectable } from '@nestjs/common';
import { dataFault } from '../../db/data-fault.js';
import type { Tx } from '../../db/unit-of-work.js';
import type { KeepsMoves } from '../../stages/account-run.js';
import { AlertReleases } from '../../stages/alerts/alert-releases.service.js';
import type { Batch } from '../../stages/batch.js';
import type { DayRun } from '../../stages/day-run.js';
import { GoalTriggers } from '../../stages/goals/goal-triggers.service.js';
import { StateRepository } from '../../stages/state/state.repository.js';
import { SetAside, UnfitData } from './set-aside.service.js';
import { Stages } from './stages.js';

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
    private readonly stages: Stages,
    private readonly states: StateRepository,
    private readonly setAside: SetAside,
    private readonly alerts: AlertReleases,
    private readonly goals: GoalTriggers,
  ) {}

  /**
   * What is due of alerts beside the accounts that are computed: to show what was raised, to start the playbooks that it
   * calls for, to hand on what nobody took.
   */
  async settleAlerts(tx: Tx, how: { releases: boolean }): Promise<void> {
    if (how.releases) await this.alerts.release(tx);
    await this.goals.fromOpenAlerts(tx);
    await this.alerts.escalate(tx);
  }

  /** Throws `UnfitData` where the data of an account are at fault. */
  async run(tx: Tx, batch: Batch, day: DayRun, leaves: Leaves): Promise<RunCount> {
    try {
      return await this.compute(tx, batch, day, leaves);
    } catch (error) {
      const fault = dataFault(error);
      throw fault === null ? error : new UnfitData(day, fault, error);
    }
  }

  private async compute(tx: Tx, batch: Batch, day: DayRun, leaves: Leaves): Promise<RunCount> {
    const runs = await this.stages.run(tx, batch, day, () => this.keeps(tx, batch, day, leaves));
    if (runs.length === 0) return { accounts: 0, written: 0 };
    if (leaves !== 'nothing') await this.states.writeSnapshots(tx, day.table, batch, day.iso, leaves);
    await this.setAside.forgive(tx, batch, day);
    return { accounts: runs.length, written: runs.filter((run) => run.written).length };
  }

  private async keeps(tx: Tx, batch: Batch, day: DayRun, leaves: Leaves): Promise<KeepsMoves> {
    if (leaves === 'all') return () => true;
    if (leaves === 'nothing') return () => false;
    const existing = await this.states.withSnapshot(tx, batch, day.iso);
    return (accountId) => existing.has(accountId) === (leaves === 'existing');
  }
}
