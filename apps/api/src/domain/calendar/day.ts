import type { IsoDay } from '@steward/shared/common';

/**
 * A calendar day: whole days since 1970-01-01 in the proleptic Gregorian calendar, without a time zone. Days compare
 * and subtract as numbers; text exists at the edges only.
 */
export type Day = number & { readonly brand: 'Day' };

/** A calendar month: whole months since 1970-01. */
export type Month = number & { readonly brand: 'Month' };

const MS_PER_DAY = 86_400_000;
const DAYS_PER_ERA = 146_097;
/** Days from 0000-03-01 to 1970-01-01. */
const FIRST_ERA_TO_1970 = 719_468;
const isoPattern = /^(\d{4})-(\d{2})-(\d{2})$/;

/** A whole number of days since 1970-01-01, taken as a day. */
export function dayFromNumber(days: number): Day {
  return days as Day;
}

/** `2026-04-15` → day. Throws a RangeError for text that is no day of the calendar. */
export function toDay(iso: IsoDay): Day {
  const parts = isoPattern.exec(iso);
  const day = parts ? dayOf(Number(parts[1]), Number(parts[2]), Number(parts[3])) : null;
  if (day === null || isoOf(day) !== iso) throw new RangeError(`Not a calendar day: ${iso}`);
  return day;
}

export function toDayOrNull(iso: IsoDay | null): Day | null {
  return iso === null ? null : toDay(iso);
}

/** Texts of days written before: a batch of accounts writes the same few thousand days again and again. */
const written = new Map<Day, IsoDay>();
const MOST_WRITTEN = 20_000;

/** Day → `2026-04-15`. */
export function isoOf(day: Day): IsoDay {
  let iso = written.get(day);
  if (iso === undefined) {
    iso = new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
    if (written.size >= MOST_WRITTEN) written.clear();
    written.set(day, iso);
  }
  return iso;
}

export function isoOrNull(day: Day | null): IsoDay | null {
  return day === null ? null : isoOf(day);
}

/**
 * The day of a year, month (1–12) and day of the month; a day past the month's end runs into the next month. Counts years
 * from 1 March, so that the leap day is their last, in eras of 400 years: windows of each run ask for the first days of
 * months by the hundred thousand, and a Date takes seven times as long.
 */
export function dayOf(year: number, month: number, dayOfMonth: number): Day {
  const fromMarch = month > 2 ? year : year - 1;
  const era = Math.floor(fromMarch / 400);
  const yearOfEra = fromMarch - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + dayOfMonth - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return (era * DAYS_PER_ERA + dayOfEra - FIRST_ERA_TO_1970) as Day;
}

export function addDays(day: Day, days: number): Day {
  return (day + days) as Day;
}

/** Whole days from `from` to `to`; negative when `to` comes first. */
export function daysBetween(from: Day, to: Day): number {
  return to - from;
}

export function earlier(a: Day, b: Day): Day {
  return a < b ? a : b;
}

export function later(a: Day, b: Day): Day {
  return a > b ? a : b;
}
