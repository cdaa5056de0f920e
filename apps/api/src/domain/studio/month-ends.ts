import type { BacktestResult } from '@steward/shared/health-studio';
import { addDays, type Day, isoOf, type Month, toDay } from '../calendar/day.js';
import { lastDayOf, monthEnds, monthOf } from '../calendar/month.js';

export interface AskedMonths {
  /** `2026-03`; null: the newest whose horizon is over. */
  from: string | null;
  to: string | null;
  horizonDays: number;
  /** How many, where nothing is asked for. */
  usual: number;
}

export interface KnownDays {
  today: Day;
  /** Month-ends with snapshots. */
  withSnapshots: ReadonlySet<Day>;
}

/**
 * The month-ends that can be tested, oldest first, and those that were asked for and cannot. The horizon of a month-end is
 * over when its last day has ended: day + horizon < today. Where nothing is asked for, the newest `usual` are taken that
 * are over, from the first one with snapshots on.
 */
export function testableMonths(
  { from, to, horizonDays, usual }: AskedMonths,
  { today, withSnapshots }: KnownDays,
): { days: Day[]; leftOut: BacktestResult['leftOut'] } {
  const newest = addDays(today, -horizonDays - 1);
  const isOver = (day: Day) => day <= newest;
  const lastOver = lastDayOf(monthOf(newest)) <= newest ? monthOf(newest) : ((monthOf(newest) - 1) as Month);
  const last = to === null ? lastOver : monthOf(toDay(`${to}-01`));
  const known = [...withSnapshots].sort((a, b) => a - b)[0];
  const usualFirst = (last - usual + 1) as Month;
  const firstKnown = known === undefined ? usualFirst : monthOf(known);
  const usualOrKnown = Math.max(usualFirst, firstKnown) as Month;
  const first = from === null ? usualOrKnown : monthOf(toDay(`${from}-01`));
  const asked = first > last ? [] : monthEnds(lastDayOf(first), lastDayOf(last));
  return {
    days: asked.filter((day) => isOver(day) && withSnapshots.has(day)),
    leftOut: asked.flatMap((day): BacktestResult['leftOut'] => {
      if (!isOver(day)) return [{ day: isoOf(day), why: 'horizon' }];
      return withSnapshots.has(day) ? [] : [{ day: isoOf(day), why: 'no_snapshots' }];
    }),
  };
}
