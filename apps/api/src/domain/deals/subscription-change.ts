import type { SubscriptionChange } from '@steward/shared/deals';
import { addDays, type Day, toDay } from '../calendar/day.js';
import { addMonths } from '../calendar/month.js';

/** What winning a deal makes of a subscription that is kept by hand. */

/** A subscription as it is written down; money in minor units of its currency. */
export interface SubscriptionFields {
  plan: string | null;
  quantity: number | null;
  seatBased: boolean;
  mrrMinor: number | null;
  currency: string | null;
  start: Day;
  /** Last day; null = open-ended. */
  end: Day | null;
  termMonths: number | null;
  autoRenew: boolean;
}

export type ChangeRefusal =
  /** The day lies outside the subscription, or is yet to come. */
  | 'DAY_OUTSIDE_SUBSCRIPTION'
  /** A term follows an end, and it has none. */
  | 'OPEN_ENDED'
  /** The term would end before it begins. */
  | 'END_BEFORE_START';

export type Changed =
  | { kind: 'refused'; why: ChangeRefusal; path: 'from' | 'end' | 'subscriptionId' }
  /** `changed`: the subscription itself; null: it stays as it is. `made`: the one that follows it; null: none. */
  | { kind: 'done'; changed: SubscriptionFields | null; made: SubscriptionFields | null };

/**
 * An expansion ends the subscription the day before and begins one with the new quantity and MRR, so that what was paid
 * before stays known; on the subscription's first day it changes the subscription itself. It begins today at the latest:
 * until then the deal is won and not yet billed. A renewal adds the term that follows the end: as long as the one before,
 * where no other end is given.
 */
export function changedSubscription(of: SubscriptionFields, change: SubscriptionChange, today: Day): Changed {
  const { quantity, mrrMinor } = change;
  if (change.kind === 'expansion') {
    const from = toDay(change.from);
    if (from < of.start || from > today || (of.end !== null && from > of.end)) {
      return { kind: 'refused', why: 'DAY_OUTSIDE_SUBSCRIPTION', path: 'from' };
    }
    if (from === of.start) return { kind: 'done', changed: { ...of, quantity, mrrMinor }, made: null };
    const made = { ...of, quantity, mrrMinor, start: from };
    return { kind: 'done', changed: { ...of, end: addDays(from, -1) }, made };
  }
  if (of.end === null) return { kind: 'refused', why: 'OPEN_ENDED', path: 'subscriptionId' };
  const start = addDays(of.end, 1);
  const end = change.end === null ? nextEnd(of, start, of.end) : toDay(change.end);
  if (end < start) return { kind: 'refused', why: 'END_BEFORE_START', path: 'end' };
  return { kind: 'done', changed: null, made: { ...of, quantity, mrrMinor, start, end } };
}

/** The last day of a term that begins on `start`: by the term's months, else as many days as the one before. */
function nextEnd({ termMonths, start: from }: SubscriptionFields, start: Day, end: Day): Day {
  return termMonths === null ? addDays(start, end - from) : addDays(addMonths(start, termMonths), -1);
}
