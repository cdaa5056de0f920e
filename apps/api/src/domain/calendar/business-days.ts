import { addDays, type Day } from './day.js';

/** Monday to Friday; 1970-01-01 was a Thursday. */
export function isWorkday(day: Day): boolean {
  const weekday = (((day + 4) % 7) + 7) % 7;
  return weekday >= 1 && weekday <= 5;
}

/**
 * The day that is so many business days (Monday to Friday) after a day, or before it where `days` is negative; the day
 * itself does not count. 0: the day itself, or the Monday after a weekend. Public holidays are business days.
 */
export function addBusinessDays(day: Day, days: number): Day {
  const step = days < 0 ? -1 : 1;
  let at = day;
  if (days === 0) {
    while (!isWorkday(at)) at = addDays(at, 1);
    return at;
  }
  // Whole weeks at once: five business days are seven days, from any day that is one.
  let left = Math.abs(days);
  while (left > 0) {
    at = addDays(at, step);
    if (!isWorkday(at)) continue;
    left -= 1;
    const weeks = Math.floor(left / 5);
    at = addDays(at, step * weeks * 7);
    left -= weeks * 5;
  }
  return at;
}
