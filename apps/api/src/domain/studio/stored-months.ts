import type { Day } from '../calendar/day.js';
import { hasOutcome, monthsBetween, NONE, type Observations } from './observations.js';

/**
 * Observations that are kept month-end by month-end and read one month-end at a time: three years over 100,000 accounts
 * are more than a process should hold. What is known of all of them without reading any stands beside them.
 */
export interface StoredMonths {
  days: readonly Day[];
  /** How many different accounts there may be: their numbers lie below. */
  accounts: number;
  /** By month-end. */
  months: readonly MonthSummary[];
  /** The observations of a month-end, read anew each time. */
  read: (month: number) => Observations;
}

export interface MonthSummary {
  size: number;
  /** Numbers of the accounts that had the outcome. */
  events: Int32Array;
  measures: readonly MeasureSummary[];
}

/** Of the points that are known, in hundredths. */
interface MeasureSummary {
  known: number;
  sum: number;
  /** Infinity where none are known. */
  least: number;
  /** −Infinity where none are known. */
  most: number;
}

/** The observations of one month-end, summed up. */
export function summaryOf(of: Observations): MonthSummary {
  const events: number[] = [];
  for (let at = 0; at < of.size; at += 1) if (hasOutcome(of, at)) events.push(of.account[at]!);
  return { size: of.size, events: Int32Array.from(events), measures: of.measures.map(measureSummary) };
}

function measureSummary(points: Int16Array): MeasureSummary {
  let [known, sum, least, most] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const place of points) {
    if (place === NONE) continue;
    known += 1;
    sum += place;
    if (place < least) least = place;
    if (place > most) most = place;
  }
  return { known, sum, least, most };
}

/** Observations that lie in memory anyway, as if they were stored. */
export function storedInMemory(of: Observations): StoredMonths {
  const read = (month: number) => monthsBetween(of, month, month + 1);
  const months = of.days.map((_, month) => summaryOf(read(month)));
  return { days: of.days, accounts: of.accounts, months, read };
}

/** The month-ends from `from` up to and without `end`. */
export interface MonthSpan {
  of: StoredMonths;
  from: number;
  end: number;
}

const monthsOf = ({ of, from, end }: MonthSpan): readonly MonthSummary[] => of.months.slice(from, end);

/** The month-ends of the span with observations, oldest first. */
export function seenIn({ of, from, end }: MonthSpan): number[] {
  return of.months.flatMap(({ size }, month) => (month >= from && month < end && size > 0 ? [month] : []));
}

export const sizeOf = (span: MonthSpan): number => monthsOf(span).reduce((sum, { size }) => sum + size, 0);

/** Observations with the outcome. */
export const eventsOf = (span: MonthSpan): number => monthsOf(span).reduce((sum, { events }) => sum + events.length, 0);

/** By number of the account: 1 where it had the outcome at any of the month-ends. */
export function everHad(span: MonthSpan): Uint8Array {
  const had = new Uint8Array(span.of.accounts);
  for (const { events } of monthsOf(span)) for (const account of events) had[account] = 1;
  return had;
}

/** Different accounts that had the outcome. */
export const eventAccountsOf = (span: MonthSpan): number => everHad(span).reduce((sum, had) => sum + had, 0);

/** A measure's points over the month-ends. */
export function measureOf(span: MonthSpan, measure: number): MeasureSummary {
  return monthsOf(span).reduce<MeasureSummary>(
    (all, { measures }) => {
      const own = measures[measure]!;
      return {
        known: all.known + own.known,
        sum: all.sum + own.sum,
        least: Math.min(all.least, own.least),
        most: Math.max(all.most, own.most),
      };
    },
    { known: 0, sum: 0, least: Number.POSITIVE_INFINITY, most: Number.NEGATIVE_INFINITY },
  );
}
