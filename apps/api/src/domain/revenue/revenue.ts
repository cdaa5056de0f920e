import type { Day } from '../calendar/day.js';

/** What revenue needs of a subscription; money in minor units of one currency. */
export interface Subscription {
  start: Day;
  /** Last day; null = open-ended. */
  end: Day | null;
  /** Null: not known; the subscription then says nothing about revenue. */
  mrrMinor: number | null;
  quantity: number | null;
  seatBased: boolean;
  autoRenew: boolean;
  termMonths: number | null;
}

/** Active when start ≤ day ≤ end. */
export function isActiveOn(subscription: Subscription, day: Day): boolean {
  return subscription.start <= day && (subscription.end === null || day <= subscription.end);
}

/** True when a subscription with a known MRR had started by the day. */
export function hadSubscription(subscriptions: readonly Subscription[], day: Day): boolean {
  return subscriptions.some((subscription) => subscription.start <= day && subscription.mrrMinor !== null);
}

/** Sum of the MRR of the subscriptions active on the day, in minor units; 0 when none is. */
export function activeMrrMinor(subscriptions: readonly Subscription[], day: Day): number {
  let sum = 0;
  for (const subscription of subscriptions) if (isActiveOn(subscription, day)) sum += subscription.mrrMinor ?? 0;
  return sum;
}

/**
 * ARR in minor units = 12 × MRR of active subscriptions. An account that never had one uses its own field; all
 * subscriptions ended = 0. Null: neither known.
 */
export function arrMinor(subscriptions: readonly Subscription[], field: number | null, day: Day): number | null {
  return hadSubscription(subscriptions, day) ? 12 * activeMrrMinor(subscriptions, day) : field;
}

/** MRR in minor units: of active subscriptions, else a twelfth of the ARR field rounded to whole minor units. */
export function mrrMinor(subscriptions: readonly Subscription[], arrField: number | null, day: Day): number | null {
  if (hadSubscription(subscriptions, day)) return activeMrrMinor(subscriptions, day);
  return arrField === null ? null : Math.round(arrField / 12);
}

/** Seats = quantity of active seat-based subscriptions; where none is active, the account's own field. */
export function seatsOf(subscriptions: readonly Subscription[], field: number | null, day: Day): number | null {
  let seats: number | null = null;
  for (const subscription of subscriptions) {
    if (!subscription.seatBased || subscription.quantity === null || !isActiveOn(subscription, day)) continue;
    seats = (seats ?? 0) + subscription.quantity;
  }
  return seats ?? field;
}

/**
 * Customer since: as delivered; else the earliest subscription start; else the first day seen with status customer,
 * which the caller leaves null where that was the account's first import (then it is unknown). A renewal never moves it.
 */
export function customerSince(
  delivered: Day | null,
  subscriptions: readonly Subscription[],
  firstSeenAsCustomer: Day | null,
): Day | null {
  if (delivered !== null) return delivered;
  let earliest: Day | null = null;
  for (const { start } of subscriptions) if (earliest === null || start < earliest) earliest = start;
  return earliest ?? firstSeenAsCustomer;
}
