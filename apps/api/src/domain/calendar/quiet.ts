import type { Day } from './day.js';

/** Days on which a workspace expects its customers to be quiet, both ends included. */
export interface QuietPeriod {
  name: string;
  from: Day;
  to: Day;
}

/** The quiet period that holds a day; of several the one that began first. Null: an ordinary day. */
export function quietPeriodOn(periods: readonly QuietPeriod[], day: Day): QuietPeriod | null {
  const holding = periods.filter(({ from, to }) => from <= day && day <= to);
  return holding.sort((a, b) => a.from - b.from || (a.name < b.name ? -1 : 1))[0] ?? null;
}
