import type { ForecastCategory, Renewal, RenewalState } from '@steward/shared/renewals';
import { formatPercent } from '../../lib/format.js';

export const CATEGORY_WORDS: Record<ForecastCategory, string> = {
  commit: 'Commit',
  likely: 'Likely',
  atRisk: 'At risk',
  lost: 'Lost',
};

export const STATE_WORDS: Record<RenewalState, string> = {
  upcoming: 'Upcoming',
  overdue: 'Overdue',
  renewed: 'Renewed',
  renewedSmaller: 'Renewed smaller',
  lost: 'Lost',
};

/** Nothing has become of it yet: it can be forecast, and its outcome told. */
export const isOpen = ({ state }: Pick<Renewal, 'state'>): boolean => state === 'upcoming' || state === 'overdue';

/** Whose word the forecast is, and what follows from it. */
export function forecastSource({ forecast }: Pick<Renewal, 'forecast'>): string {
  const chance = `${formatPercent(forecast.probability)} probable`;
  switch (forecast.from) {
    case 'person':
      return `Forecast by ${forecast.by ?? 'somebody who has left'}, ${chance}`;
    case 'default':
      return `Nobody has forecast it: likely, by the account’s band ${chance}`;
    case 'leaving':
      return 'The account leaves, so nothing is expected of it';
  }
}

const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const SHORT_MONTH = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' });
const firstOf = (month: string): Date => new Date(`${month}-01T00:00:00Z`);

/** 2026-04 → April 2026 */
export const monthWords = (month: string): string => MONTH.format(firstOf(month));
/** “April 2026”, “December 2025 to April 2026”. */
export const monthsWords = ({ from, to }: { from: string; to: string }): string =>
  from === to ? monthWords(from) : `${monthWords(from)} to ${monthWords(to)}`;

/** 2026-04 → Apr, and Jan 27 where a year begins: for axes. */
export function monthShort(month: string): string {
  const text = SHORT_MONTH.format(firstOf(month)).replace('Sept', 'Sep');
  return month.endsWith('-01') ? `${text} ${month.slice(2, 4)}` : text;
}

/** The first and last day of a month: 2026-02 → 2026-02-01 and 2026-02-28. */
export function daysOfMonth(month: string): { from: string; to: string } {
  const last = firstOf(month);
  last.setUTCMonth(last.getUTCMonth() + 1, 0);
  return { from: `${month}-01`, to: last.toISOString().slice(0, 10) };
}
