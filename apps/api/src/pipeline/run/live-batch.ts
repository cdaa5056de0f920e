import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { announce } from '../../db/live-channel.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { type Batch, bucketsOf, type IdList } from '../../stages/batch.js';
import type { DayRun, RunBase } from '../../stages/day-run.js';
import { StateRepository } from '../../stages/state/state.repository.js';
import { DayRunner } from './day-runner.js';
import { type DueAccount, RunRepository } from './run.repository.js';
import { SetAside } from './set-aside.service.js';
import { WorkspaceDay } from './workspace-day.js';

/** One batch of the day that is open, with what is due among its accounts. */
@Injectable()
export class LiveBatch {
  constructor(
    private readonly repository: RunRepository,
    private readonly states: StateRepository,
    private readonly runner: DayRunner,
    private readonly days: WorkspaceDay,
    private readonly setAside: SetAside,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Locks, computes, and takes off the list what was due before. `due` must have been read before this is called. Null:
   * the running day ended while the lock was waited for; its close may have been here, and is not to be undone.
   */
  async run(tx: Tx, batch: Batch, day: DayRun, due: readonly DueAccount[]): Promise<number | null> {
    await this.states.lockBuckets(tx, bucketsOf(batch));
    if (!day.isComplete && (await this.days.now(tx)).today > day.asOf) return null;
    const { accounts } = await this.runner.run(tx, batch, day, 'all');
    await this.takeOff(tx, day, due);
    await announce(tx, { topic: 'accounts', ids: batch.kind === 'list' ? batch.ids : null });
    return accounts;
  }

  /** All that is due, around accounts that cannot be computed. False: the running day ended meanwhile. */
  async drain(day: DayRun, due: readonly DueAccount[]): Promise<boolean> {
    const list: IdList = { kind: 'list', ids: due.map(({ accountId }) => accountId).sort() };
    const among = (ids: readonly string[]) => due.filter(({ accountId }) => ids.includes(accountId));
    const { done, unfit } = await this.setAside.around(list, (tx, part) =>
      this.run(tx, part, day, part === list ? due : among(part.ids)),
    );
    if (done.includes(null)) return false;
    if (unfit.length > 0) {
      await this.unitOfWork.run(async (tx) => {
        await this.setAside.note(tx, unfit);
        // They are due no more, until something about them changes.
        await this.takeOff(tx, day, among(unfit.map(({ accountId }) => accountId)));
      });
    }
    return true;
  }

  /** While a run over all accounts is under way, what rules raise waits for its end, which knows how much it is. */
  settleAlerts(): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      const unfinished = await this.repository.unfinishedRuns(tx);
      await this.runner.settleAlerts(tx, { releases: unfinished.every(({ kind }) => kind === 'backfill') });
    });
  }

  private async takeOff(tx: Tx, day: DayRun, due: readonly DueAccount[]): Promise<void> {
    const late = due.filter(({ sinceDay }) => sinceDay < day.iso);
    await this.repository.markStale(tx, late, day.at);
    await this.repository.forgetDue(tx, due);
  }

  /** Remembers what all accounts rest on; where it is new, every account is due. */
  async noteBasis(tx: Tx, base: RunBase, day: DayRun): Promise<void> {
    const rests = JSON.stringify([
      base.model.tiers.version,
      base.model.stages.version,
      base.model.profiles.map(({ versionId }) => versionId),
      base.model.signals,
      base.workspace.settings,
      base.workspace.timeZone,
      base.workspace.currency,
      base.sources.rates.map(({ currency, from, rate }) => `${currency} ${from} ${rate}`).sort(),
      base.sources.trackedFeatures,
      base.sources.untrackedFeatures,
      Object.entries(day.context.sources)
        .map(([key, state]) => [key, state?.covers])
        .sort(),
      day.context.metricPeriods,
      day.quietPeriod !== null,
      await this.repository.newestSegmentRule(tx),
      await this.repository.newestAlertRule(tx),
    ]);
    const basis = createHash('sha256').update(rests).digest('hex');
    if ((await this.repository.liveBasis(tx)) === basis) return;
    await this.repository.setLiveBasis(tx, basis, day.at);
    await this.repository.markAllDue(tx, day.iso, day.at);
  }
}
