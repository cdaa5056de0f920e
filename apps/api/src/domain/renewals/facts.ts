import type { AccountStatus } from '@steward/shared/common';
import type { Day } from '../calendar/day.js';
import type { ContractTerm } from './contract-ends.js';

/** What renewals rest on. */

/** A subscription; money in minor units of the workspace's currency. */
export interface RenewalSubscription extends ContractTerm {
  /** Null: not known. */
  mrrMinor: number | null;
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
