import type { IsoDay } from '@steward/shared/common';

/** Calendar days as ISO text, without a time zone: arithmetic runs on UTC midnights. */

const MS_A_DAY = 86_400_000;
const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;

const utc = (day: IsoDay): number => Date.parse(`${day}T00:00:00Z`);

export function isIsoDay(text: unknown): text is IsoDay {
  return typeof text === 'string' && ISO_DAY.test(text) && toIsoDay(utc(text)) === text;
}

function toIsoDay(ms: number): IsoDay | null {
  return Number.isNaN(ms) ? null : new Date(ms).toISOString().slice(0, 10);
}

export function addDays(day: IsoDay, days: number): IsoDay {
  return new Date(utc(day) + days * MS_A_DAY).toISOString().slice(0, 10);
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: IsoDay, to: IsoDay): number {
  return Math.round((utc(to) - utc(from)) / MS_A_DAY);
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** 2026-04-15, 15 Apr 2026 or 15 April 2026. Null for all else: 4/5/2026 is April to some and May to others. */
export function parseDay(text: string): IsoDay | null {
  const trimmed = text.trim();
  if (isIsoDay(trimmed)) return trimmed;
  const [, day, month, year] = /^(\d{1,2})\.?\s+([a-z]{3,9})\.?,?\s+(\d{4})$/i.exec(trimmed) ?? [];
  const index = MONTHS.indexOf((month ?? '').slice(0, 3).toLowerCase());
  if (day === undefined || year === undefined || index < 0) return null;
  const iso = `${year}-${String(index + 1).padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isIsoDay(iso) ? iso : null;
}

const DAY_FORMAT = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const SHORT_FORMAT = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** British dates give one month four letters. */
const shortMonth = (text: string): string => text.replace('Sept', 'Sep');

/** 15 Apr 2026 */
export function formatDay(day: IsoDay | null): string {
  return day === null ? '–' : shortMonth(DAY_FORMAT.format(utc(day)));
}

/** 15 Apr, for axes */
export function formatDayShort(day: IsoDay): string {
  return shortMonth(SHORT_FORMAT.format(utc(day)));
}

/** today · in 23 d · 5 d ago · in 14 mo: as of `today`. */
export function relativeDay(day: IsoDay, today: IsoDay): string {
  const days = daysBetween(today, day);
  if (days === 0) return 'today';
  const size = Math.abs(days);
  const text =
    size < 120 ? `${size} d` : size < 730 ? `${Math.round(size / 30.44)} mo` : `${Math.round(size / 365.25)} y`;
  return days > 0 ? `in ${text}` : `${text} ago`;
}

/** A moment in the workspace's zone, with the zone's name: 15 Apr 2026, 09:30 CEST. */
export function formatInstant(instant: string | null, timeZone: string): string {
  if (instant === null) return '–';
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  const format = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
    timeZoneName: 'short',
  });
  return shortMonth(format.format(at));
}

/** just now · 5 min ago · 3 h ago · 12 d ago */
export function ago(instant: string, now: number): string {
  const minutes = Math.max(0, Math.round((now - Date.parse(instant)) / 60_000));
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h ago` : `${Math.round(hours / 24)} d ago`;
}
