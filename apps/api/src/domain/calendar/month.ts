import { addDays, type Day, dayOf, type Month } from './day.js';

const MS_PER_DAY = 86_400_000;

/** The month that a day lies in. */
export function monthOf(day: Day): Month {
  const date = new Date(day * MS_PER_DAY);
  return ((date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth()) as Month;
}

export function firstDayOf(month: Month): Day {
  return dayOf(1970 + Math.floor(month / 12), (((month % 12) + 12) % 12) + 1, 1);
}

/** The last day of a month: 2024-02 → 29 February. */
export function lastDayOf(month: Month): Day {
  return addDays(firstDayOf((month + 1) as Month), -1);
}

export function daysInMonth(month: Month): number {
  return firstDayOf((month + 1) as Month) - firstDayOf(month);
}

/** 1–31. */
export function dayOfMonth(day: Day): number {
  return day - firstDayOf(monthOf(day)) + 1;
}

/** The same day of the month n months on, held to the month's end: 31 January + 1 = 28 or 29 February. */
export function addMonths(day: Day, months: number): Day {
  const target = (monthOf(day) + months) as Month;
  return addDays(firstDayOf(target), Math.min(dayOfMonth(day), daysInMonth(target)) - 1);
}

export function isMonthEnd(day: Day): boolean {
  return lastDayOf(monthOf(day)) === day;
}

/** All month ends from `from` to `to`, both included. */
export function monthEnds(from: Day, to: Day): Day[] {
  const ends: Day[] = [];
  for (let month = monthOf(from); lastDayOf(month) <= to; month = (month + 1) as Month) ends.push(lastDayOf(month));
  return ends;
}
