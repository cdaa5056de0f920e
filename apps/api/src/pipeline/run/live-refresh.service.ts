import { Injectable } from '@nestjs/common';
import { Partitions } from '../../db/partitions.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import { type DayRun, DayRuns, type RunBase } from '../../stages/day-run.js';
import { LiveBatch } from './live-batch.js';
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
  private known: { base: RunBase; names: string; until: Date } | null = null;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: RunRepository,
    private readonly days: WorkspaceDay,
    private readonly dayRuns: DayRuns,
    private readonly live: LiveBatch,
    private readonly partitions: Partitions,
  ) {}

  /** @param onNews is called after each list of which something became of alerts that nobody has been told of */
  async drain(signal?: AbortSignal, onNews: () => Promise<void> = async () => {}): Promise<Drained> {
    let accounts = 0;
    const { at, today } = await this.unitOfWork.run((tx) => this.days.now(tx));
    await this.partitions.ensure(['account_snapshot'], isoOf(today), isoOf(today));
    await this.renewBase(at);
    while (!signal?.aborted) {
      const step = await this.step();
      if (step === 'waits') return { accounts, waitsForClose: true };
      if (step === 0) break;
      accounts += step;
      await this.live.settleAlerts();
      await this.tell(onNews);
    }
    if (accounts === 0) await this.live.settleAlerts();
    if (accounts === 0) await this.tell(onNews);
    return { accounts, waitsForClose: false };
  }

  private async tell(onNews: () => Promise<void>): Promise<void> {
    if (await this.unitOfWork.run((tx) => this.repository.hasNews(tx))) await onNews();
  }

  private async step(): Promise<number | 'waits'> {
    const next = await this.unitOfWork.run((tx) => this.next(tx));
    if (next === 'waits') return 'waits';
    if (next === null) return 0;
    const { due, day } = next;
    if (!(await this.live.drain(day, due))) return 'waits';
    return due.length;
  }

  private async next(tx: Tx): Promise<{ due: DueAccount[]; day: DayRun } | 'waits' | null> {
    const { today, open } = await this.days.now(tx);
    if (open < today) return 'waits';
    // Read before anything is loaded: facts that arrive from here on leave another token.
    const due = await this.repository.dueAccounts(tx, LIST);
    if (due.length === 0) return null;
    const isInUse =
      this.known?.base.workspace.today === today && this.known.names === (await this.repository.namesInUse(tx));
    const base = isInUse && this.known ? this.known.base : await this.loadBase(tx);
    const day = this.dayRuns.day(base, today, { table: 'account_state', isComplete: false });
    return { due, day };
  }

  /**
   * The model, the settings and what sources have ever delivered concern every account: where one of them has changed,
   * all accounts become due. New names are seen at once, the rest when the time is up.
   */
  private async renewBase(at: Date): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const names = await this.repository.namesInUse(tx);
      if (this.known && this.known.names === names && this.known.until > at) return;
      await this.loadBase(tx);
    });
  }

  private async loadBase(tx: Tx): Promise<RunBase> {
    const names = await this.repository.namesInUse(tx);
    const base = await this.dayRuns.base(tx);
    const day = this.dayRuns.day(base, base.workspace.today, { table: 'account_state', isComplete: false });
    await this.live.noteBasis(tx, base, day);
    this.known = { base, names, until: new Date(day.at.getTime() + BASE_MS) };
    return base;
  }
}
