import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { v7 as newUuid } from 'uuid';
import type { Tx } from '../../db/unit-of-work.js';
import { type Month, toDay } from '../../domain/calendar/day.js';
import { monthOf } from '../../domain/calendar/month.js';
import { YEAR_MONTHS } from '../../domain/reports/account-months.js';
import { Clock } from '../../platform/clock.js';
import { ReportOrdersRepository } from './report-orders.repository.js';

/** Orders figures to be put down anew, in the transaction of what changed them. A job does it soon after. */
@Injectable()
export class ReportOrders {
  constructor(
    private readonly repository: ReportOrdersRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * The months that these days lie in, and the one before: what renews an account within 14 days reaches back over a
   * month's end. Also the year after, as far as it is closed: each month of it tells of the 12 that end with it.
   */
  async ofDays(tx: Tx, from: IsoDay, to: IsoDay): Promise<void> {
    const first = (monthOf(toDay(from)) - 1) as Month;
    const last = (monthOf(toDay(to)) + YEAR_MONTHS) as Month;
    await this.repository.add(tx, { id: newUuid(), from: first, to: last, at: this.clock.now() });
  }

  /** All that is put down: accounts have been taken away. Without a day that is closed there is nothing. */
  async ofEverything(tx: Tx): Promise<void> {
    await this.repository.forgetSums(tx);
    const months = await this.repository.builtSpan(tx);
    if (months !== null) await this.repository.add(tx, { id: newUuid(), ...months, at: this.clock.now() });
  }

  /** Single accounts whose past was computed anew. */
  async ofAccounts(tx: Tx, accounts: readonly { accountId: string; sinceDay: IsoDay }[]): Promise<void> {
    await this.repository.markDue(tx, accounts, this.clock.now());
  }
}
