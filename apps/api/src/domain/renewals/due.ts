import type { AccountStatus } from '@steward/shared/common';
import { addDays, type Day } from '../calendar/day.js';
import { addMonths } from '../calendar/month.js';

/** What renewals rest on, and the days on which contracts are due. */

/** A subscription; money in minor units of the workspace's currency. */
export interface RenewalSubscription {
  start: Day;
  /** Last day; null = open-ended. */
  end: Day | null;
  /** Null: not known. */
  mrrMinor: number | null;
  termMonths: number | null;
  autoRenew: boolean;
}

/** A value of a field from the day on which it was known. */
export interface Since<Value> {
  from: Day;
  value: Value;
}

export interface RenewalFacts {
  status: AccountStatus;
  churnedOn: Day | null;
  subscriptions: readonly RenewalSubscription[];
  /** The account's own renewal date and ARR (minor units) over time, oldest first. */
  renewalDates: readonly Since<Day | null>[];
  arr: readonly Since<number | null>[];
}

/** Between the end of one contract and the start of the next: the gap of a late renewal. */
export const GRACE_DAYS = 14;
/** A next contract may begin so long before the end of the one it follows. */
export const EARLY_DAYS = 60;
/** Contracts that ended longer ago are left as they were told. */
export const HISTORY_DAYS = 1_100;

/** A year of an MRR, in minor units; as much as a whole number can tell. */
export function yearOf(mrrMinor: number): number {
  return Math.min(12 * mrrMinor, Number.MAX_SAFE_INTEGER);
}

/** A year of what these subscriptions cost; null: of none is it known. */
export function yearlyAmount(subscriptions: readonly RenewalSubscription[]): number | null {
  let sum: number | null = null;
  for (const { mrrMinor } of subscriptions) if (mrrMinor !== null) sum = (sum ?? 0) + mrrMinor;
  return sum === null ? null : yearOf(sum);
}

/**
 * A subscription that was changed in the middle of its term: it ends before its term does, and another begins on the
 * next day. Its end is not a renewal.
 */
export function isChange(of: RenewalSubscription, all: readonly RenewalSubscription[]): boolean {
  const { start, end, termMonths } = of;
  if (end === null || termMonths === null || termMonths <= 0) return false;
  if (!all.some((other) => other !== of && other.start === end + 1)) return false;
  let terms = Math.max(1, Math.floor((end - start) / 31 / termMonths));
  while (addDays(addMonths(start, terms * termMonths), -1) < end) terms += 1;
  return addDays(addMonths(start, terms * termMonths), -1) !== end;
}

/** The days on which subscriptions known on the day were changed in the middle of their term. */
export function changesOf({ subscriptions }: Pick<RenewalFacts, 'subscriptions'>, asOf: Day): Set<Day> {
  const known = subscriptions.filter(({ start }) => start <= asOf);
  return new Set(known.flatMap((each) => (each.end !== null && isChange(each, known) ? [each.end] : [])));
}

export interface DueSubscription {
  due: Day;
  subscription: RenewalSubscription;
  /** It went on by itself. */
  rolled: boolean;
}

/**
 * The days on which subscriptions known on the day are due, from `since` on. An auto-renewing one whose end has passed
 * rolls by its term up to the term that holds the day, unless something follows it.
 */
export function dueSubscriptions(known: readonly RenewalSubscription[], asOf: Day, since: Day): DueSubscription[] {
  const dues: DueSubscription[] = [];
  for (const subscription of known) {
    const { end, autoRenew, termMonths } = subscription;
    if (end === null || end < subscription.start || isChange(subscription, known)) continue;
    const follows = known.some(({ start }) => start > end && start <= end + GRACE_DAYS + 1);
    const rolls = autoRenew && termMonths !== null && termMonths > 0 && end < asOf && !follows;
    if (!rolls) {
      if (end >= since) dues.push({ due: end, subscription, rolled: false });
      continue;
    }
    // Counted from the first end each time, so that a month's end stays a month's end.
    for (let terms = 0, due = end; ; terms += 1, due = addMonths(end, terms * termMonths)) {
      const goesOn = due < asOf;
      if (due >= since) dues.push({ due, subscription, rolled: goesOn });
      if (!goesOn) break;
    }
  }
  return dues;
}
