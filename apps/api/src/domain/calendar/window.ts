import { addDays, type Day, type Month } from './day.js';
import { firstDayOf, monthOf } from './month.js';

/**
 * Whole calendar days `from` … `to`, both included, with a bit mask for each month touched (bit d − 1 = day d), so that
 * bitmaps of active days are cut by one AND.
 */
export interface Window {
  readonly from: Day;
  readonly to: Day;
  readonly days: number;
  readonly firstMonth: Month;
  /** One mask for each month from firstMonth on. */
  readonly masks: readonly number[];
}

/** The days from `from` to `to`; an empty window when `to` lies before `from`. */
export function windowOf(from: Day, to: Day): Window {
  const firstMonth = monthOf(from);
  const masks: number[] = [];
  for (let month = firstMonth, start = firstDayOf(month); start <= to; ) {
    month = (month + 1) as Month;
    const next = firstDayOf(month);
    const first = Math.max(from, start) - start;
    const last = Math.min(next - 1, to) - start;
    masks.push(last < first ? 0 : (-1 >>> (31 - last)) & (-1 << first));
    start = next;
  }
  return { from, to, days: Math.max(0, to - from + 1), firstMonth, masks };
}

/** The last n days = asOf − n + 1 … asOf. */
export function lastDays(asOf: Day, days: number): Window {
  return windowOf(addDays(asOf, 1 - days), asOf);
}

/** The next n days = asOf … asOf + n. */
export function nextDays(asOf: Day, days: number): Window {
  return windowOf(asOf, addDays(asOf, days));
}

/** More than n days ago = before asOf − n. */
export function isMoreThanDaysAgo(day: Day, asOf: Day, days: number): boolean {
  return day < asOf - days;
}

/** More than n days ahead = after asOf + n. */
export function isMoreThanDaysAhead(day: Day, asOf: Day, days: number): boolean {
  return day > asOf + days;
}

export function contains(window: Window, day: Day): boolean {
  return day >= window.from && day <= window.to;
}

/** The same number of days, ending n days earlier. */
export function shiftedBack(window: Window, days: number): Window {
  return windowOf(addDays(window.from, -days), addDays(window.to, -days));
}
