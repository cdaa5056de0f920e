import { addDays, type Day } from '../calendar/day.js';
import { bothEndsOf, type ConvertAt, type LedgerSubscription } from '../revenue/ledger.js';

/** The first of the days after `day` and at most `horizonDays` after it; null: none. `days` ascend. */
export function firstWithin(days: readonly Day[], day: Day, horizonDays: number): Day | null {
  return days.find((each) => each > day && each <= day + horizonDays) ?? null;
}

/**
 * The day of a downgrade: the account pays less at the end of the horizon than on the day, nothing at all included, and
 * it is the first day since which it paid less than on the day. Both at the rate of the day after, gaps of a late renewal
 * filled as in the ledger. Null: it pays as much or more, or paid nothing to begin with.
 */
export function downgradeWithin(
  subscriptions: readonly LedgerSubscription[],
  convert: ConvertAt,
  { day, horizonDays }: { day: Day; horizonDays: number },
): Day | null {
  const [from, to] = [addDays(day, 1), addDays(day, horizonDays)];
  const { startMinor, endMinor } = bothEndsOf(subscriptions, convert, { from, to });
  if (startMinor <= 0 || endMinor >= startMinor) return null;
  const turns = subscriptions
    .flatMap(({ start, end }) => (end === null ? [start] : [start, addDays(end, 1)]))
    .filter((turn) => turn >= from && turn <= to)
    .sort((a, b) => a - b);
  // What is carried over a gap is known with all subscriptions up to the end, so each day is asked among them.
  const fell = turns.find((turn) => bothEndsOf(subscriptions, convert, { from, to: turn }).endMinor < startMinor);
  return fell ?? to;
}
