import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { Clock } from '../../platform/clock.js';
import { type Batch, bucketsOf } from '../../stages/batch.js';
import { type DayRun, DayRuns, type RunBase } from '../../stages/day-run.js';
import { StateRepository } from '../../stages/state/state.repository.js';
import { DayRunner } from './day-runner.js';
import { type DueAccount, RunRepository } from './run.repository.js';
import { WorkspaceDay } from './workspace-day.js';

/** Accounts of one transaction: enough to share the statements, few enough that the first is not kept waiting. */
const LIST = 200;
/** What all accounts rest on is read again after this long at most. */
const BASE_MS = 15_000;

export interface Drained {
  accounts: number;
  /** A day has ended and is not closed yet: what is due waits for that. */
  waitsForClose: boolean;
}

/** Computes the accounts that facts, people or the model have made due, in lists, until none is left. */
@Injectable()
export class LiveRefresh {
  private known: { base: RunBase; until: number } | null = null;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: RunRepository,
    private readonly days: WorkspaceDay,
    private readonly dayRuns: DayRuns,
    private readonly runner: DayRunner,
    private readonly live: LiveBatch,
  ) {}

  async drain(signal?: AbortSignal): Promise<Drained> {
    let accounts = 0;
    await this.renewBase();
    while (!signal?.aborted) {
      const step = await this.unitOfWork.run((tx) => this.step(tx));
      if (step === 'waits') return { accounts, waitsForClose: true };
      if (step === 0) break;
      accounts += step;
    }
    return { accounts, waitsForClose: false };
  }

  private async step(tx: Tx): Promise<number | 'waits'> {
    const { today, open } = await this.days.now(tx);
    if (open < today) return 'waits';
    // Read before anything is loaded: facts that arrive from here on leave another token.
    const due = await this.repository.dueAccounts(tx, LIST);
    if (due.length === 0) return 0;
    const base = this.known?.base.workspace.today === today ? this.known.base : await this.loadBase(tx);
    const day = this.dayRuns.day(base, today, { table: 'account_state', isComplete: false });
    await this.live.run(tx, { kind: 'list', ids: due.map(({ accountId }) => accountId).sort() }, day, due, this.runner);
    return due.length;
  }

  /**
   * The model, the settings and what sources have ever delivered concern every account: where one of them has changed,
   * all accounts become due.
   */
  private async renewBase(): Promise<void> {
    if (this.known && this.known.until > Date.now()) return;
    await this.unitOfWork.run((tx) => this.loadBase(tx));
  }

  private async loadBase(tx: Tx): Promise<RunBase> {
    const base = await this.dayRuns.base(tx);
    await this.live.noteBasis(tx, base, this.dayRuns.day(base, base.workspace.today, { table: 'account_state', isComplete: false }));
    this.known = { base, until: Date.now() + BASE_MS };
    return base;
  }
}

/** One batch of the day that is open, with what is due among its accounts. */
@Injectable()
export class LiveBatch {
  constructor(
    private readonly repository: RunRepository,
    private readonly states: StateRepository,
    private readonly clock: Clock,
  ) {}

  /** Locks, computes, and takes off the list what was due before. `due` must have been read before this is called. */
  async run(tx: Tx, batch: Batch, day: DayRun, due: readonly DueAccount[], runner: DayRunner): Promise<number> {
    await this.states.lockBuckets(tx, bucketsOf(batch));
    const { accounts } = await runner.run(tx, batch, day, 'all');
    const late = due.filter(({ sinceDay }) => sinceDay < day.iso);
    await this.repository.markStale(tx, late, this.clock.now());
    await this.repository.forgetDue(tx, due);
    return accounts;
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
      base.sources.trackedFeatures,
      base.sources.untrackedFeatures,
      Object.entries(day.context.sources).map(([key, state]) => [key, state?.covers]).sort(),
      day.context.metricPeriods,
    ]);
    const basis = createHash('sha256').update(rests).digest('hex');
    if ((await this.repository.liveBasis(tx)) === basis) return;
    await this.repository.setLiveBasis(tx, basis, this.clock.now());
    await this.repository.markAllDue(tx, day.iso, this.clock.now());
  }
}
