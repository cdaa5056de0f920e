import type { IsoDay } from '@steward/shared/common';
import { addDays, isIsoDay } from '../../lib/days.js';

/** `2026-04`; what is no month is that of `today`. */
export function monthOf(text: string | undefined, today: IsoDay): string {
  return text !== undefined && isIsoDay(`${text}-01`) ? text : today.slice(0, 7);
}

export function addMonths(month: string, by: number): string {
  const [year = 0, index = 1] = month.split('-').map(Number);
  const at = year * 12 + (index - 1) + by;
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`;
}

/** 0 Monday … 6 Sunday. */
export const weekdayOf = (day: IsoDay): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;

/** Whole weeks, Monday to Sunday, from the one of the month's first day to the one of its last. */
export function weeksOf(month: string): IsoDay[][] {
  const first = `${month}-01`;
  const last = addDays(`${addMonths(month, 1)}-01`, -1);
  const weeks: IsoDay[][] = [];
  for (let monday = addDays(first, -weekdayOf(first)); monday <= last; monday = addDays(monday, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, index) => addDays(monday, index)));
  }
  return weeks;
}

const TITLE = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** April 2026 */
export const monthTitle = (month: string): string => TITLE.format(new Date(`${month}-01T00:00:00Z`));
