import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import type { DataFault } from '../../db/data-fault.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { Clock } from '../../platform/clock.js';
import { log } from '../../platform/logging/log.js';
import type { Batch, IdList } from '../../stages/batch.js';
import type { DayRun } from '../../stages/day-run.js';
import { KeptFactsLoader } from '../../stages/signals/facts/kept-facts.loader.js';
import { type SetAsideAccount, SetAsideRepository, type SetAsideWork } from './set-aside.repository.js';

/** So many accounts that fail before a single one succeeds are no longer their own fault, but the model's or ours. */
const MOST_WITHOUT_SUCCESS = 20;

/** The computation of a day broke on the data of some account of the batch. */
export class UnfitData extends Error {
  constructor(
    readonly day: Pick<DayRun, 'iso' | 'table'>,
    readonly fault: DataFault,
    cause: unknown,
  ) {
    super(`${day.iso} cannot be computed: ${fault.message}`, { cause });
  }
}

export interface Unfit {
  accountId: string;
  day: UnfitData['day'];
  fault: DataFault;
  /** What was thrown. */
  cause: unknown;
}

export function workOf({ table }: Pick<DayRun, 'table'>): SetAsideWork {
  return table === 'account_state' ? 'daily' : 'past';
}

/**
 * Keeps accounts apart: one whose data cannot be computed must not keep others from being computed. It is tried again
 * with its next fact and at every close of a day.
 */
@Injectable()
export class SetAside {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: SetAsideRepository,
    private readonly facts: KeptFactsLoader,
    private readonly clock: Clock,
  ) {}

  /**
   * Does work over a batch in one transaction. Where the data of an account break it, the halves are tried, each in a
   * transaction of its own, down to the account; that one is left out. The caller notes those, with what follows from it.
   */
  async around<Result, Whole extends Batch>(
    batch: Whole,
    work: (tx: Tx, part: Whole | IdList) => Promise<Result>,
  ): Promise<{ done: Result[]; unfit: Unfit[] }> {
    const done: Result[] = [];
    const unfit: Unfit[] = [];
    const attempt = async (part: Whole | IdList): Promise<void> => {
      try {
        done.push(await this.unitOfWork.run((tx) => work(tx, part)));
      } catch (error) {
        if (!(error instanceof UnfitData)) throw error;
        const ids = await this.unitOfWork.run((tx) => this.repository.idsIn(tx, part));
        const [accountId] = ids;
        if (accountId === undefined) throw error;
        if (ids.length === 1) {
          const { day, fault, cause } = error;
          unfit.push({ accountId, day, fault, cause });
          if (unfit.length > MOST_WITHOUT_SUCCESS && done.length === 0) throw cause;
          return;
        }
        const middle = ids.length >> 1;
        await attempt({ kind: 'list', ids: ids.slice(0, middle) });
        await attempt({ kind: 'list', ids: ids.slice(middle) });
      }
    };
    await attempt(batch);
    for (const { accountId, day, fault, cause } of unfit) {
      log.error({ accountId, day: day.iso, code: fault.code, err: cause }, 'account cannot be computed: set aside');
    }
    return { done, unfit };
  }

  async note(tx: Tx, unfit: readonly Unfit[]): Promise<void> {
    if (unfit.length === 0) return;
    const rows = unfit.map(({ accountId, day, fault }) => ({ accountId, work: workOf(day), asOf: day.iso, ...fault }));
    await this.repository.note(tx, rows, this.clock.now());
    // They may be due no more without having been computed: what was kept of them is of before.
    await this.facts.forget(
      tx,
      unfit.map(({ accountId }) => accountId),
    );
  }

  /** What is wrong with an account; nothing, as a rule. */
  of(accountId: string): Promise<SetAsideAccount[]> {
    return this.unitOfWork.run((tx) => this.repository.of(tx, accountId));
  }

  /** A walk through past days begins again: whoever stopped on one of them may try. */
  startOver(tx: Tx, batch: Batch, days: { from: IsoDay; to: IsoDay }): Promise<void> {
    return this.repository.forgive(tx, 'past', batch, days);
  }

  /** The batch without those that stopped on one of the days. */
  async without(tx: Tx, batch: Batch, days: { from: IsoDay; to: IsoDay }): Promise<Batch> {
    const stopped = new Set(await this.repository.stoppedOn(tx, batch, days));
    if (stopped.size === 0) return batch;
    return { kind: 'list', ids: (await this.repository.idsIn(tx, batch)).filter((id) => !stopped.has(id)) };
  }

  /** The batch came through the day: what was wrong with it before is so no more. */
  async forgive(tx: Tx, batch: Batch, day: DayRun): Promise<void> {
    const work = workOf(day);
    const from = work === 'daily' ? '0001-01-01' : day.iso;
    await this.repository.forgive(tx, work, batch, { from, to: day.iso });
  }
}
