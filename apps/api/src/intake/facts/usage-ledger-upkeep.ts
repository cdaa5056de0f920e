import { Injectable } from '@nestjs/common';
import { LEDGER_TABLES, Partitions } from '../../db/partitions.js';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { addDays, type Day, isoOf, type Month } from '../../domain/calendar/day.js';
import { addMonths, firstDayOf, lastDayOf, monthOf } from '../../domain/calendar/month.js';
import { forgetArrivals, seedNextMonth } from './usage-ledger.repository.js';

const MONTHS_AHEAD = 2;
/** Next month's rows are made in the last days of this one, for whoever was active in it. */
const SEED_DAYS = 7;
const ARRIVALS_KEPT_DAYS = 30;

/** What keeps the usage ledger fast and small; called now and then, safe to repeat. */
@Injectable()
export class UsageLedgerUpkeep {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly partitions: Partitions,
  ) {}

  /**
   * Makes the months ahead, seeds the next one, forgets arrivals that are no longer repeated. `today` is the
   * workspace's.
   */
  async tend(today: Day, now: Date): Promise<void> {
    const month = monthOf(today);
    // Instants of the month's first day may lie in the month before.
    const from = addDays(firstDayOf(month), -1);
    await this.partitions.ensure(LEDGER_TABLES, isoOf(from), isoOf(addMonths(today, MONTHS_AHEAD)));
    if (lastDayOf(month) - today < SEED_DAYS) await this.seed(month);
    await this.unitOfWork.run((tx) => forgetArrivals(tx, new Date(now.getTime() - ARRIVALS_KEPT_DAYS * 86_400_000)));
  }

  /**
   * Rows without a day yet for the month after this one, in the order of accounts: updates then happen in place, and a
   * walk by account reads neighbouring pages.
   */
  async seed(month: Month): Promise<void> {
    const next = firstDayOf((month + 1) as Month);
    await this.partitions.ensure(LEDGER_TABLES, isoOf(next), isoOf(addDays(next, 1)));
    await this.unitOfWork.run((tx) => seedNextMonth(tx, isoOf(firstDayOf(month)), isoOf(next)));
  }
}
