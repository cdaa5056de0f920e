import { isWorkday } from './business-days.js';
import { addDays, type Day, dayFromNumber } from './day.js';
import { dayAt } from './zone.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const OPENS_MS = 9 * HOUR_MS;
const CLOSES_MS = 17 * HOUR_MS;

const clocks = new Map<string, Intl.DateTimeFormat>();

/** How far the zone's clocks are ahead of UTC at an instant, in milliseconds. */
function offsetAt(instantMs: number, timeZone: string): number {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    clocks.set(timeZone, clock);
  }
  const parts = new Map(clock.formatToParts(instantMs).map(({ type, value }) => [type, Number(value)]));
  const ofDay = ((parts.get('hour') ?? 0) * 60 + (parts.get('minute') ?? 0)) * 60 + (parts.get('second') ?? 0);
  return dayAt(instantMs, timeZone) * DAY_MS + ofDay * 1_000 - Math.floor(instantMs / 1_000) * 1_000;
}

/** The instant at which the zone's clocks show so many milliseconds after the day's midnight. */
export function instantOf(day: Day, ofDayMs: number, timeZone: string): number {
  const wall = day * DAY_MS + ofDayMs;
  const guess = wall - offsetAt(wall, timeZone);
  return wall - offsetAt(guess, timeZone);
}

/**
 * The instant (milliseconds since 1970) by which so many business hours have passed: Monday to Friday, 9 to 17 o'clock in
 * the workspace's time zone.
 */
export function businessHoursAfter(instantMs: number, hours: number, timeZone: string): number {
  let left = hours * HOUR_MS;
  for (let day = dayAt(instantMs, timeZone); ; day = addDays(day, 1)) {
    if (!isWorkday(dayFromNumber(day))) continue;
    const from = Math.max(instantMs, instantOf(day, OPENS_MS, timeZone));
    const open = instantOf(day, CLOSES_MS, timeZone) - from;
    if (open <= 0) continue;
    if (left <= open) return from + left;
    left -= open;
  }
}
