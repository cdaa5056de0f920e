import type { IsoDay } from '@steward/shared/common';
import type { DateOrder } from '@steward/shared/imports';
import { type Day, isoOf } from '../calendar/day.js';
import { firstDayOf, monthOf } from '../calendar/month.js';
import { weekStart } from '../calendar/week.js';
import { dayAt } from '../calendar/zone.js';
import { isBlank } from './blanks.js';
import { type Coerced, taken } from './coerced.js';
import { type DatePrecision, readDate } from './dates.js';
import type { IsoInstant } from './fact-rows.js';
import { instantAt } from './wall-clock.js';

const MS_PER_DAY = 86_400_000;

export interface DateContext {
  order: DateOrder | null;
  /** The workspace's time zone: in it a time without a zone is meant, and days are counted. */
  timeZone: string;
}

/** A day, and the point in time where one is written. */
export interface Moment {
  day: IsoDay;
  at: IsoInstant | null;
  precision: DatePrecision;
}

/**
 * A moment in the workspace's time zone. Of a month or week the day is the first, or with `edge: 'last'` the last.
 * Midnight UTC counts as a day without a time, which is how many systems write one.
 */
export function coerceMoment(
  text: string,
  context: DateContext,
  edge: 'first' | 'last' = 'first',
): Coerced<Moment | null> {
  if (isBlank(text)) return taken(null);
  const read = readDate(text, context.order);
  if (!read.ok) return read;
  const { lastDay, precision, timeMs, offsetMinutes } = read.value;
  const day = edge === 'last' ? lastDay : firstDay(lastDay, precision);
  if (timeMs === null || (timeMs === 0 && offsetMinutes === 0)) return taken({ day: isoOf(day), at: null, precision });
  if (offsetMinutes === null) {
    const at = new Date(instantAt(day, timeMs, context.timeZone)).toISOString();
    return taken({ day: isoOf(day), at, precision });
  }
  const ms = day * MS_PER_DAY + timeMs - offsetMinutes * 60_000;
  return taken({ day: isoOf(dayAt(ms, context.timeZone)), at: new Date(ms).toISOString(), precision });
}

/** A day; of a written time only the day in the workspace's time zone is kept. */
export function coerceDay(
  text: string,
  context: DateContext,
  edge: 'first' | 'last' = 'first',
): Coerced<IsoDay | null> {
  const moment = coerceMoment(text, context, edge);
  return moment.ok ? taken(moment.value?.day ?? null) : moment;
}

function firstDay(lastDay: Day, precision: DatePrecision): Day {
  switch (precision) {
    case 'day':
      return lastDay;
    case 'week':
      return weekStart(lastDay);
    case 'month':
      return firstDayOf(monthOf(lastDay));
  }
}
