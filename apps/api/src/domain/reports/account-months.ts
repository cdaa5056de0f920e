import type { AccountStatus } from '@steward/shared/common';
import type { Movement } from '@steward/shared/ledger';
import { type Day, earlier, type Month } from '../calendar/day.js';
import { firstDayOf, lastDayOf } from '../calendar/month.js';
import { bothEndsOf, type ConvertAt, type LedgerSubscription, monthlyLedger } from '../revenue/ledger.js';

/** An account's revenue by month, as it is put down for the reports of managers. */

/** Months of the trailing year: the month itself and the eleven before it. */
export const YEAR_MONTHS = 12;

export interface MonthRevenue {
  month: Month;
  /** MRR at both ends of the month at the rate of its first day; what came between is `endMinor − startMinor`. */
  startMinor: number;
  movement: Movement | null;
  endMinor: number;
  /** MRR at both ends of the 12 months that end with this one, at the rate of their first day. */
  yearStartMinor: number;
  yearEndMinor: number;
}

/** The months from `from` to `to`; of the month that holds `today`, the end is today. */
export interface MonthSpan {
  from: Month;
  to: Month;
  today: Day;
}

/** The first day of the 12 months that end with a month. */
export const yearStartOf = (month: Month): Day => firstDayOf((month - YEAR_MONTHS + 1) as Month);

/** Revenue of an account with subscriptions, in minor units; months that have not begun are left out. */
export function monthsOfSubscriptions(
  subscriptions: readonly LedgerSubscription[],
  convert: ConvertAt,
  span: MonthSpan,
): MonthRevenue[] {
  return monthlyLedger(subscriptions, convert, span).map(({ month, startMinor, movement, endMinor }) => {
    const year = { from: yearStartOf(month), to: earlier(lastDayOf(month), span.today), today: span.today };
    const ends = bothEndsOf(subscriptions, convert, year);
    return { month, startMinor, movement, endMinor, yearStartMinor: ends.startMinor, yearEndMinor: ends.endMinor };
  });
}

/** What stands of an account without subscriptions as of a month's end: its own figure. */
export interface KnownMrr {
  status: AccountStatus;
  mrrMinor: number | null;
}

/**
 * Revenue of an account that never had a subscription, from its own figure at the ends of months: what it says while the
 * account is a customer, else 0. `known` holds the day that stands for each month. Where nothing is known of the start,
 * an account that became a customer after it began with 0; of any other the first known figure is taken, so that
 * nothing moved: an import makes no account new.
 */
export function monthsWithoutSubscriptions(
  known: ReadonlyMap<Month, KnownMrr>,
  customerSince: Day | null,
  { from, to, today }: MonthSpan,
): MonthRevenue[] {
  const months: MonthRevenue[] = [];
  for (let month = from; month <= to && firstDayOf(month) <= today; month = (month + 1) as Month) {
    const atEnd = known.get(month);
    if (atEnd === undefined) continue;
    const endMinor = paid(atEnd);
    const startMinor = startOf(known, customerSince, (month - 1) as Month, month);
    months.push({
      month,
      startMinor,
      movement: ownMovementOf(startMinor, endMinor, customerSince, firstDayOf(month)),
      endMinor,
      yearStartMinor: startOf(known, customerSince, (month - YEAR_MONTHS) as Month, month),
      yearEndMinor: endMinor,
    });
  }
  return months;
}

const paid = ({ status, mrrMinor }: KnownMrr): number => (status === 'customer' ? (mrrMinor ?? 0) : 0);

function startOf(known: ReadonlyMap<Month, KnownMrr>, customerSince: Day | null, before: Month, until: Month): number {
  const then = known.get(before);
  if (then !== undefined) return paid(then);
  if (customerSince !== null && customerSince > lastDayOf(before)) return 0;
  for (let month = (before + 1) as Month; month <= until; month = (month + 1) as Month) {
    const first = known.get(month);
    if (first !== undefined) return paid(first);
  }
  return 0;
}

/** What a month that begins on `first` made of an account without subscriptions; null: nothing moved. */
export function ownMovementOf(start: number, end: number, customerSince: Day | null, first: Day): Movement | null {
  if (start === end) return null;
  if (start === 0) return customerSince !== null && customerSince < first ? 'reactivation' : 'new';
  if (end === 0) return 'churn';
  return end > start ? 'expansion' : 'contraction';
}

/** The day that stands for each month: its last; of the month that holds the last closed day, that day. */
export function dayOfMonthRow(month: Month, lastClosed: Day): Day {
  return earlier(lastDayOf(month), lastClosed);
}
