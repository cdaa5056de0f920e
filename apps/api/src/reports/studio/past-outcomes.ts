import { Injectable } from '@nestjs/common';
import type { StudioConfig } from '@steward/shared/health-studio';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { addDays, type Day } from '../../domain/calendar/day.js';
import { moneyOfDays } from '../../domain/revenue/money-rates.js';
import { downgradeWithin, firstWithin } from '../../domain/studio/outcomes.js';
import type { RunBase } from '../../stages/day-run.js';
import { HistoryRepository } from './history.repository.js';
import { PackedSubscriptions } from './packed-subscriptions.js';

/** Numbers of accounts, from 0, in the order in which they are first met: columns hold them instead of ids. */
export class AccountNumbers {
  private readonly numbers = new Map<string, number>();

  of(id: string): number {
    const known = this.numbers.get(id);
    if (known !== undefined) return known;
    this.numbers.set(id, this.numbers.size);
    return this.numbers.size - 1;
  }
}

/** What came after a day, by number of the account. */
type OutcomeOf = (account: number) => Day | null;

interface OutcomesAsked {
  base: RunBase;
  config: StudioConfig;
  days: readonly Day[];
  numbers: AccountNumbers;
}

/** What came of accounts after month-ends in history. */
@Injectable()
export class PastOutcomes {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: HistoryRepository,
  ) {}

  /** By month-end. */
  async of(asked: OutcomesAsked): Promise<(day: Day) => Promise<OutcomeOf>> {
    const [first, last] = [asked.days[0], asked.days.at(-1)];
    if (first === undefined || last === undefined) return async () => () => null;
    return asked.config.outcome === 'churn' ? this.churn(asked, first, last) : this.downgrade(asked);
  }

  private async churn({ config: { horizonDays }, numbers }: OutcomesAsked, first: Day, last: Day) {
    const daysOf = new Map<number, Day[]>();
    await this.unitOfWork.run(async (tx) => {
      daysOf.clear();
      for await (const page of this.repository.churnDays(tx, first, addDays(last, horizonDays))) {
        for (const { id, day } of page) daysOf.set(numbers.of(id), [...(daysOf.get(numbers.of(id)) ?? []), day]);
      }
    });
    return async (day: Day): Promise<OutcomeOf> => {
      return (account) => firstWithin(daysOf.get(account) ?? [], day, horizonDays);
    };
  }

  private async downgrade({ base, config: { horizonDays }, numbers }: OutcomesAsked) {
    const convert = moneyOfDays(base.sources.rates, base.workspace.currency);
    const subscriptions = await this.unitOfWork.run(async (tx) => {
      const packed = new PackedSubscriptions();
      for await (const page of this.repository.subscriptions(tx)) {
        for (const { accountId, ...subscription } of page) packed.add(numbers.of(accountId), subscription);
      }
      return packed;
    });
    return async (day: Day): Promise<OutcomeOf> => {
      const later = addDays(day, horizonDays);
      const [before, after] = await this.unitOfWork.run(async (tx) => [
        await this.mrrOn(tx, day, numbers),
        await this.mrrOn(tx, later, numbers),
      ]);
      return (account) => {
        const known = subscriptions.of(account);
        if (known) return downgradeWithin(known, convert, { day, horizonDays });
        return (after!.get(account) ?? 0) < (before!.get(account) ?? 0) ? later : null;
      };
    };
  }

  private async mrrOn(tx: Tx, day: Day, numbers: AccountNumbers): Promise<Map<number, number>> {
    const mrr = new Map<number, number>();
    for await (const page of this.repository.mrrOn(tx, day)) {
      for (const { id, mrrMinor } of page) mrr.set(numbers.of(id), mrrMinor);
    }
    return mrr;
  }
}
