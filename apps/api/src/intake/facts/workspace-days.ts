import { addDays, isoOf, toDay } from '../../domain/calendar/day.js';
import { addMonths } from '../../domain/calendar/month.js';
import { dayAt } from '../../domain/calendar/zone.js';
import type { IsoDay } from '../../domain/values/fact-rows.js';

const MS_PER_DAY = 86_400_000;
const MS_PER_QUARTER_HOUR = 900_000;

/** Days of quarters of an hour by time zone: what a zone's calendar says is the same for every batch. */
const knownDays = new Map<string, Map<number, IsoDay>>();

function knownDaysOf(timeZone: string): Map<number, IsoDay> {
  const known = knownDays.get(timeZone);
  if (known !== undefined) return known;
  const days = new Map<number, IsoDay>();
  knownDays.set(timeZone, days);
  return days;
}

/**
 * The workspace's calendar: days of instants, and where days begin. Remembers quarters of an hour (zones shift by no
 * less).
 */
export class WorkspaceDays {
  private readonly days: Map<number, IsoDay>;

  constructor(readonly timeZone: string) {
    this.days = knownDaysOf(timeZone);
  }

  dayOf(at: Date): IsoDay {
    return this.dayAt(at.getTime());
  }

  /** The day of an instant in milliseconds since 1970. */
  dayAt(instantMs: number): IsoDay {
    const quarter = Math.floor(instantMs / MS_PER_QUARTER_HOUR);
    const known = this.days.get(quarter);
    if (known !== undefined) return known;
    const day = isoOf(dayAt(quarter * MS_PER_QUARTER_HOUR, this.timeZone));
    if (this.days.size > 20_000) this.days.clear();
    this.days.set(quarter, day);
    return day;
  }

  /** The first instant of a workspace day: found from its neighbourhood, since zones are at most 14 hours from UTC. */
  startOf(day: IsoDay): Date {
    const midnight = Date.parse(`${day}T00:00:00Z`);
    let low = midnight - MS_PER_DAY;
    let high = midnight + MS_PER_DAY;
    while (high - low > MS_PER_QUARTER_HOUR) {
      const middle = Math.floor((low + high) / 2 / MS_PER_QUARTER_HOUR) * MS_PER_QUARTER_HOUR;
      if (this.dayOf(new Date(middle)) >= day) high = middle;
      else low = middle;
    }
    return new Date(high);
  }
}

export function addIsoDays(day: IsoDay, days: number): IsoDay {
  return isoOf(addDays(toDay(day), days));
}

export function addIsoMonths(day: IsoDay, months: number): IsoDay {
  return isoOf(addMonths(toDay(day), months));
}
