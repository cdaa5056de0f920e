import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../db/unit-of-work.js';
import type { Month } from '../../domain/calendar/day.js';
import type { MonthSpan } from '../../domain/reports/account-months.js';
import { OwnerSumsRepository } from './owner-sums.repository.js';
import { ReportOrdersRepository } from './report-orders.repository.js';
import { RollupRepository } from './rollup.repository.js';

export interface SumUpOptions {
  /** The first month whose rows of accounts may be others than when they were summed up last. */
  touched: Month;
  /** Accounts come under the tier of now in every month: then all that are summed up are to be made anew. */
  moveTiers: boolean;
  signal?: AbortSignal;
}

/** Puts down sums over the rows of accounts, month by month. */
@Injectable()
export class ReportSums {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: ReportOrdersRepository,
    private readonly rollup: RollupRepository,
    private readonly ownerSums: OwnerSumsRepository,
  ) {}

  /**
   * Sums months up anew. Sums by owner follow what changed hands by themselves; of months before `touched` they are made
   * anew only where there are none.
   */
  async sumUp({ from, to }: Pick<MonthSpan, 'from' | 'to'>, options: SumUpOptions): Promise<void> {
    const { touched, signal } = options;
    await this.settle(options);
    await this.unitOfWork.run(async (tx) => {
      await this.orders.lock(tx);
      await this.ownerSums.forgetEmpty(tx);
    });
    for (let month = from; month <= to && !signal?.aborted; month = (month + 1) as Month) {
      await this.unitOfWork.run(async (tx) => {
        await this.orders.lock(tx);
        await this.rollup.rebuild(tx, month);
        if (month >= touched || !(await this.ownerSums.has(tx, month))) await this.ownerSums.rebuild(tx, month);
      });
    }
  }

  /** Puts accounts under the owners that they have now, in all months that are summed up. */
  async settle({ moveTiers, signal }: Pick<SumUpOptions, 'moveTiers' | 'signal'>): Promise<void> {
    let last: string | null = null;
    do {
      const after: string | null = last;
      last = await this.unitOfWork.run(async (tx) => {
        await this.orders.lock(tx);
        return this.ownerSums.settle(tx, { after, moveTiers });
      });
    } while (last !== null && !signal?.aborted);
  }
}
