import type { DateOrder } from '@steward/shared/imports';
import { addDays, type Day, dayFromNumber, dayOf } from '../calendar/day.js';
import { periodLastDay } from '../calendar/period.js';
import { type Coerced, refused, taken } from './coerced.js';
import { monthFromName } from './month-names.js';

export const FIRST_YEAR = 1900;
export const LAST_YEAR = 2200;

export type DatePrecision = 'day' | 'week' | 'month';

/** A date as written: the last day of what it names, how much it names, and the time of day with its zone, if any. */
export interface WrittenDate {
  lastDay: Day;
  precision: DatePrecision;
  /** Milliseconds since midnight; null when no time is written. */
  timeMs: number | null;
  /** Minutes east of UTC; null when no zone is written. */
  offsetMinutes: number | null;
}

const MS_PER_DAY = 86_400_000;
const TIME =
  /^(?:[T\s,]+(\d{1,2})[:h](\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([ap]\.?m\.?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?(?:\s*\([^)]*\))?)?$/i;
const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?=$|[T\s,])(.*)$/;
const YEAR_LAST = /^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})(?=$|[T\s,])(.*)$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?=$|[T\s])(.*)$/;
const MONTH_OF_YEAR = /^(?:(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{4}))$/;
const DAY_NAME_YEAR =
  /^(?:\p{L}+\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th|\.)?[-\s/]+(\p{L}+)\.?,?[-\s/]+(\d{4}|\d{2})(?=$|[T\s,])(.*)$/iu;
const NAME_DAY_YEAR = /^(?:\p{L}+\.?,\s+)?(\p{L}+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?=$|[T\s,])(.*)$/iu;
const NAME_YEAR = /^(\p{L}+)\.?[-\s,/]+(\d{4})$/u;
const PERIOD = /^\d{4}-?[WQ]\d{1,2}$/i;
const EPOCH = /^\d{10}(\d{3})?$/;
/** Days since 1899-12-30, as spreadsheets store dates and show them in a cell without a format; 1954 to 2119. */
const SERIAL = /^[2-7]\d{4}(?:\.\d+)?$/;
const SERIAL_OF_1970 = 25_569;

/**
 * Reads a date in any usual writing. Of dates in numbers only with the year last, `order` says which part is the day;
 * without it a part above 12 or points as separators (`5.3.2026`) tell, and anything else is ambiguous.
 */
export function readDate(text: string, order: DateOrder | null = null): Coerced<WrittenDate> {
  const trimmed = text.trim();
  if (trimmed.length > 60) return notADate(trimmed);
  let match = YEAR_FIRST.exec(trimmed);
  if (match !== null) return civil(trimmed, match[1], match[3], match[4], match[5]);
  match = YEAR_LAST.exec(trimmed);
  if (match !== null) return numbersOnly(trimmed, match, order);
  if (EPOCH.test(trimmed)) return epoch(trimmed);
  if (SERIAL.test(trimmed)) return serial(trimmed);
  match = COMPACT.exec(trimmed);
  if (match !== null) return civil(trimmed, match[1], match[2], match[3], match[4]);
  match = MONTH_OF_YEAR.exec(trimmed);
  if (match !== null) return month(trimmed, Number(match[1] ?? match[4]), Number(match[2] ?? match[3]));
  if (PERIOD.test(trimmed)) return period(trimmed);
  return withMonthName(trimmed);
}

const NAME_SHORT_YEAR = /^(\p{L}+)\.?[-\s,/']+\d{2}$/u;

/**
 * Whether a name is that of a day, a week or a month: `2026_01`, `01/2026`, `Jan 2026`, `Jan-26`. A bare number such as
 * 45000 is not, though a spreadsheet may mean a day by it.
 */
export function isNameOfPeriod(name: string): boolean {
  const text = name.trim().replaceAll('_', '-');
  if (EPOCH.test(text) || SERIAL.test(text)) return false;
  const read = readDate(text);
  if (read.ok || read.code === 'AMBIGUOUS_DATE') return true;
  return monthFromName(NAME_SHORT_YEAR.exec(text)?.[1] ?? '') !== null;
}

function numbersOnly(text: string, match: RegExpExecArray, order: DateOrder | null): Coerced<WrittenDate> {
  const [, first = '', separator, second = '', last = '', rest] = match;
  if (order === 'ymd') return last.length === 2 ? civil(text, fullYear(first), second, last, rest) : notADate(text);
  const settled = order ?? orderOf(Number(first), Number(second), separator ?? '');
  if (settled === null) {
    return refused(
      'AMBIGUOUS_DATE',
      `"${text}" can be read with the day or the month first. Say which in the mapping.`,
    );
  }
  const [day, monthNumber] = settled === 'dmy' ? [first, second] : [second, first];
  const read = civil(text, fullYear(last), monthNumber, day, rest);
  if (read.ok || read.code !== 'BAD_DATE' || !civil(text, fullYear(last), day, monthNumber, rest).ok) return read;
  return refused('BAD_DATE', `"${text}" is not a date with the ${settled === 'dmy' ? 'day' : 'month'} first.`);
}

/** Which part is the day, as far as one date tells by itself. */
export function orderOf(first: number, second: number, separator: string): 'dmy' | 'mdy' | null {
  if (first > 12) return 'dmy';
  if (second > 12) return 'mdy';
  return separator === '.' || first === second ? 'dmy' : null;
}

/** The two leading numbers and the separator of a date whose order is not plain from its writing; null for others. */
export function numericParts(text: string): { first: number; second: number; separator: string } | null {
  const match = YEAR_LAST.exec(text.trim());
  return match === null ? null : { first: Number(match[1]), second: Number(match[3]), separator: match[2] ?? '' };
}

/** Two digits: 70–99 are the 1900s, 00–69 the 2000s. */
function fullYear(year: string): string {
  if (year.length !== 2) return year;
  return Number(year) >= 70 ? `19${year}` : `20${year}`;
}

function civil(text: string, year = '', monthText = '', dayText = '', rest = ''): Coerced<WrittenDate> {
  const outside = yearOutside(text, Number(year));
  if (outside !== null) return outside;
  const monthNumber = Number(monthText);
  const day = dayOf(Number(year), monthNumber, Number(dayText));
  const exists =
    monthNumber >= 1 && monthNumber <= 12 && Number(dayText) >= 1 && day <= monthEnd(Number(year), monthNumber);
  const time = exists ? readTime(rest) : null;
  return time === null ? notADate(text) : taken({ lastDay: day, precision: 'day', ...time });
}

function monthEnd(year: number, monthNumber: number): Day {
  return addDays(dayOf(year, monthNumber + 1, 1), -1);
}

function month(text: string, year: number, monthNumber: number): Coerced<WrittenDate> {
  const outside = yearOutside(text, year);
  if (outside !== null) return outside;
  if (monthNumber < 1 || monthNumber > 12) return notADate(text);
  return taken({ lastDay: monthEnd(year, monthNumber), precision: 'month', timeMs: null, offsetMinutes: null });
}

function period(text: string): Coerced<WrittenDate> {
  const upper = text.toUpperCase();
  const outside = yearOutside(text, Number(upper.slice(0, 4)));
  if (outside !== null) return outside;
  const lastDay = periodLastDay(upper);
  if (lastDay === null) return notADate(text);
  return taken({ lastDay, precision: upper.includes('W') ? 'week' : 'month', timeMs: null, offsetMinutes: null });
}

function epoch(text: string): Coerced<WrittenDate> {
  const ms = Number(text) * (text.length === 10 ? 1000 : 1);
  const lastDay = dayFromNumber(Math.floor(ms / MS_PER_DAY));
  return taken({ lastDay, precision: 'day', timeMs: ms - lastDay * MS_PER_DAY, offsetMinutes: 0 });
}

function serial(text: string): Coerced<WrittenDate> {
  const [days = '', fraction] = text.split('.');
  const timeMs = fraction === undefined ? null : Math.round((Number(`0.${fraction}`) * MS_PER_DAY) / 1000) * 1000;
  const lastDay = dayFromNumber(Number(days) - SERIAL_OF_1970);
  return taken({
    lastDay,
    precision: 'day',
    timeMs: timeMs === MS_PER_DAY ? timeMs - 1000 : timeMs,
    offsetMinutes: null,
  });
}

function withMonthName(text: string): Coerced<WrittenDate> {
  let match = DAY_NAME_YEAR.exec(text);
  if (match !== null) {
    const named = monthFromName(match[2] ?? '');
    return named === null ? notADate(text) : civil(text, fullYear(match[3] ?? ''), String(named), match[1], match[4]);
  }
  match = NAME_DAY_YEAR.exec(text);
  if (match !== null) {
    const named = monthFromName(match[1] ?? '');
    return named === null ? notADate(text) : civil(text, match[3], String(named), match[2], match[4]);
  }
  match = NAME_YEAR.exec(text);
  const named = match === null ? null : monthFromName(match[1] ?? '');
  return named === null || match === null ? notADate(text) : month(text, Number(match[2]), named);
}

function readTime(rest: string): { timeMs: number | null; offsetMinutes: number | null } | null {
  if (rest.trim() === '') return { timeMs: null, offsetMinutes: null };
  const match = TIME.exec(rest);
  if (match === null) return null;
  const [, hourText = '', minuteText = '', secondText = '0', fraction = '', half, zone] = match;
  let hour = Number(hourText);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0);
  }
  const minute = Number(minuteText);
  const second = Number(secondText);
  if (hour > 23 || minute > 59 || second > 60) return null;
  const ms = Math.floor(Number(`0.${fraction === '' ? '0' : fraction}`) * 1000);
  return { timeMs: ((hour * 60 + minute) * 60 + Math.min(second, 59)) * 1000 + ms, offsetMinutes: offsetOf(zone) };
}

function offsetOf(zone: string | undefined): number | null {
  if (zone === undefined) return null;
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? '0');
  return match[1] === '-' ? -minutes : minutes;
}

function yearOutside(text: string, year: number) {
  if (year >= FIRST_YEAR && year <= LAST_YEAR) return null;
  return refused('YEAR_OUT_OF_RANGE', `"${text}" lies outside the years ${FIRST_YEAR} to ${LAST_YEAR}.`);
}

function notADate(text: string) {
  return refused('BAD_DATE', `"${text.slice(0, 60)}" is not a date.`);
}
