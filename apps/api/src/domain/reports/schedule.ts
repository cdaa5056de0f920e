import type { Frequency } from '@steward/shared/report-schedules';
import { instantOf } from '../calendar/business-hours.js';
import { addDays, type Day } from '../calendar/day.js';
import { daysInMonth, firstDayOf, monthOf } from '../calendar/month.js';
import { weekday as weekdayOf } from '../calendar/week.js';
import { dayAt } from '../calendar/zone.js';

export interface Rhythm {
  frequency: Frequency;
  /** 1 (Monday) to 7. */
  weekday: number | null;
  /** 1 to 31; in shorter months the last day. */
  monthDay: number | null;
  /** 0 to 23, by the workspace's clock. */
  hour: number;
}

const HOUR_MS = 3_600_000;

/**
 * When a report is due next after an instant: the first day of its rhythm whose hour lies after it. An hour that the
 * clock leaves out on a day comes as the next one there is.
 */
export function nextDue(rhythm: Rhythm, afterMs: number, timeZone: string): { day: Day; atMs: number } {
  for (let day = dayAt(afterMs, timeZone); ; day = addDays(day, 1)) {
    if (!isOn(rhythm, day)) continue;
    const atMs = instantOf(day, rhythm.hour * HOUR_MS, timeZone);
    if (atMs > afterMs) return { day, atMs };
  }
}

function isOn({ frequency, weekday, monthDay }: Rhythm, day: Day): boolean {
  switch (frequency) {
    case 'daily':
      return true;
    case 'weekly':
      return weekdayOf(day) === weekday;
    case 'monthly': {
      const month = monthOf(day);
      return day - firstDayOf(month) + 1 === Math.min(monthDay ?? 1, daysInMonth(month));
    }
  }
}
