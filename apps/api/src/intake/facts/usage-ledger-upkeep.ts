import { Injectable } from '@nestjs/common';
import { LEDGER_TABLES, Partitions } from '../../db/partitions.js';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { learnNames } from './names.repository.js';
import { forgetArrivals, type LedgerMonth, rebuildLedger, seedNextMonth } from './usage-ledger.repository.js';
import { addIsoDays, addIsoMonths } from './workspace-days.js';

const MONTHS_AHEAD = 2;
/** Next month's rows are made in the last days of this one, for whoever was active in it. */
const SEEDED_FROM_DAY = 24;
const ARRIVALS_KEPT_DAYS = 30;

/** What keeps the usage ledger fast and small; called now and then, safe to repeat. */
@Injectable()
export class UsageLedgerUpkeep {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly partitions: Partitions,
  ) {}

  /** Makes the months ahead, seeds the next one in account order, forgets arrivals that are no longer repeated. */
  async tend(now: Date): Promise<void> {
    const today = now.toISOString().slice(0, 10);
    await this.partitions.ensure(LEDGER_TABLES, addIsoMonths(today, -1), addIsoMonths(today, MONTHS_AHEAD));
    if (Number(today.slice(8, 10)) >= SEEDED_FROM_DAY) await this.seed(today);
    await this.unitOfWork.run((tx) => forgetArrivals(tx, new Date(now.getTime() - ARRIVALS_KEPT_DAYS * 86_400_000)));
  }

  /** Rows without a day yet for the month after the day's, in account order: later updates happen in place. */
  async seed(today: string): Promise<void> {
    const month = `${today.slice(0, 7)}-01`;
    const next = addIsoMonths(month, 1);
    await this.partitions.ensure(LEDGER_TABLES, next, addIsoDays(next, 1));
    await this.unitOfWork.run((tx) => seedNextMonth(tx, month, next));
  }

  /** Counts months again from the raw events, for instance after an event was declared background. */
  async rebuild(months: readonly LedgerMonth[], now: Date): Promise<void> {
    const sorted = months.map(({ month }) => month).sort();
    const [first, last] = [sorted[0], sorted.at(-1)];
    if (first === undefined || last === undefined) return;
    await this.partitions.ensure(LEDGER_TABLES, first, last);
    await this.unitOfWork.run(async (tx) => {
      const none = {
        events: new Set<string>(),
        features: new Set<string>(),
        metrics: new Map(),
        attributes: new Map(),
        people: new Set<string>(),
      };
      await rebuildLedger(tx, months, await learnNames(tx, none, now));
    });
  }
}
