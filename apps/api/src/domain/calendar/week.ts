import { addDays, type Day, dayOf } from './day.js';

/** ISO weekday: 1 = Monday … 7 = Sunday. (1970-01-01 was a Thursday.) */
export function weekday(day: Day): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

export function isBusinessDay(day: Day): boolean {
  return weekday(day) <= 5;
}

/**
 * n business days (Mon–Fri) after the day; negative n counts back. 0 business days from a weekend day is the Monday
 * after it, so that nothing is ever due on a weekend.
 */
export function addBusinessDays(day: Day, businessDays: number): Day {
  const step = businessDays < 0 ? -1 : 1;
  let current = day;
  for (let left = Math.abs(businessDays); left > 0; ) {
    current = addDays(current, step);
    if (isBusinessDay(current)) left -= 1;
  }
  while (!isBusinessDay(current)) current = addDays(current, 1);
  return current;
}

/** Business days after `from` up to and including `to`; 0 when `to` is not later. */
export function businessDaysBetween(from: Day, to: Day): number {
  if (to <= from) return 0;
  const wholeWeeks = Math.floor((to - from) / 7);
  let count = wholeWeeks * 5;
  for (let day = addDays(from, wholeWeeks * 7 + 1); day <= to; day = addDays(day, 1))
    if (isBusinessDay(day)) count += 1;
  return count;
}

/** Monday of the day's ISO week. */
export function weekStart(day: Day): Day {
  return addDays(day, 1 - weekday(day));
}

/** Sunday of the day's ISO week. */
export function weekEnd(day: Day): Day {
  return addDays(day, 7 - weekday(day));
}

/** Sunday that ends ISO week `week` of `year`; week 1 holds 4 January. Null for a week the year does not have. */
export function isoWeekEnd(year: number, week: number): Day | null {
  const first = weekStart(dayOf(year, 1, 4));
  const next = weekStart(dayOf(year + 1, 1, 4));
  const monday = addDays(first, (week - 1) * 7);
  return week >= 1 && monday < next ? weekEnd(monday) : null;
}
