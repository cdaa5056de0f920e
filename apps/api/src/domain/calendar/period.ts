import type { MetricPeriod } from '@steward/shared/days';
import type { Day, Month } from './day.js';
import { addDays, dayOf, isoOf } from './day.js';
import { firstDayOf, lastDayOf, monthOf } from './month.js';
import { isoWeekEnd, weekEnd, weekStart } from './week.js';

/** Days that 1.5 periods may span at most: the age at which the newest point of a metric is stale. */
export const STALE_AFTER_DAYS: Record<MetricPeriod, number> = { day: 1, week: 10, month: 46 };

/** Mean length in days, for turning a distance in days into a number of periods. */
export const PERIOD_DAYS: Record<MetricPeriod, number> = { day: 1, week: 7, month: 365.25 / 12 };

/** Running number of the period that holds the day; neighbouring periods differ by 1. */
export function periodIndex(period: MetricPeriod, day: Day): number {
  switch (period) {
    case 'day':
      return day;
    case 'week':
      // Weeks end on Sunday; 1970-01-04 was the first one.
      return Math.floor((weekEnd(day) - 3) / 7);
    case 'month':
      return monthOf(day);
  }
}

/** The last day of the period that holds the day: where a point of that period is stored. */
export function periodEnd(period: MetricPeriod, day: Day): Day {
  switch (period) {
    case 'day':
      return day;
    case 'week':
      return weekEnd(day);
    case 'month':
      return lastDayOf(monthOf(day));
  }
}

/** The first day of the period that holds the day. */
export function periodStart(period: MetricPeriod, day: Day): Day {
  switch (period) {
    case 'day':
      return day;
    case 'week':
      return weekStart(day);
    case 'month':
      return firstDayOf(monthOf(day));
  }
}

/**
 * The last day of a period written as text: `2026-03` (month) → 2026-03-31, `2026-W07` (ISO week) → its Sunday,
 * `2026-Q1` (quarter) → 2026-03-31, `2026-03-05` → itself. Null for anything else or a period that does not exist.
 */
export function periodLastDay(text: string): Day | null {
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (day) {
    const found = dayOf(Number(day[1]), Number(day[2]), Number(day[3]));
    return isoOf(found) === text ? found : null;
  }
  const month = /^(\d{4})-(\d{2})$/.exec(text);
  if (month) {
    const number = Number(month[2]);
    return number >= 1 && number <= 12 ? addDays(dayOf(Number(month[1]), number + 1, 1), -1) : null;
  }
  const week = /^(\d{4})-?W(\d{2})$/.exec(text);
  if (week) return isoWeekEnd(Number(week[1]), Number(week[2]));
  const quarter = /^(\d{4})-?Q([1-4])$/.exec(text);
  if (quarter) return lastDayOf(((Number(quarter[1]) - 1970) * 12 + Number(quarter[2]) * 3 - 1) as Month);
  return null;
}
