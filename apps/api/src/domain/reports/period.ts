import type { Comparison } from '@steward/shared/report-filters';
import { type Day, earlier, isoOf, type Month, toDay } from '../calendar/day.js';
import { firstDayOf, lastDayOf, monthOf } from '../calendar/month.js';
import { YEAR_MONTHS } from './account-months.js';

export interface Period {
  from: Month;
  to: Month;
}

/** `2026-04` */
export const isoMonth = (month: Month): string => isoOf(firstDayOf(month)).slice(0, 7);
export const monthOfIso = (iso: string): Month => monthOf(toDay(`${iso}-01`));

/** The months that are asked for; without, the 12 that end with that of the day up to which is told. */
export function periodOf(asked: { from?: string; to?: string }, until: Day): Period {
  const to = asked.to === undefined ? monthOf(until) : monthOfIso(asked.to);
  const from = asked.from === undefined ? ((to - YEAR_MONTHS + 1) as Month) : monthOfIso(asked.from);
  return { from, to };
}

/** As many months: those just before, or the same of the year before. */
export function comparedPeriod({ from, to }: Period, comparison: Comparison): Period {
  const back = comparison === 'before' ? to - from + 1 : YEAR_MONTHS;
  return { from: (from - back) as Month, to: (to - back) as Month };
}

export function monthsOf({ from, to }: Period): Month[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => (from + index) as Month);
}

/** Day by day, held to the last day that is told. */
export function daysOf({ from, to }: Period, until: Day): { fromDay: Day; toDay: Day } {
  return { fromDay: firstDayOf(from), toDay: earlier(lastDayOf(to), until) };
}
