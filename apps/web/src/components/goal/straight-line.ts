import type { GoalDetail } from '@steward/shared/goals';
import { daysBetween } from '../../lib/days.js';

export interface GoalPoint {
  day: string;
  value: number | null;
  /** Where the straight line from baseline to target stands; null outside the goal's time, or without a baseline. */
  line: number | null;
}

type Line = Pick<GoalDetail, 'startDay' | 'dueDay' | 'baseline' | 'target'>;

/** baseline + (target − baseline) × share of the goal's time that has passed; null where there is no such line. */
export function lineAt({ startDay, dueDay, baseline, target }: Line, day: string): number | null {
  if (target.kind !== 'signal' || baseline === null || day < startDay || day > dueDay) return null;
  const length = daysBetween(startDay, dueDay);
  const share = length === 0 ? 1 : daysBetween(startDay, day) / length;
  return baseline + (target.value - baseline) * share;
}

/** The measured days with the straight line beside them, up to the due day, where the line ends at the target. */
export function goalPoints(goal: Line & Pick<GoalDetail, 'series'>): GoalPoint[] {
  const measured = goal.series.map(({ day, value }) => ({ day, value, line: lineAt(goal, day) }));
  const last = measured.at(-1)?.day ?? goal.startDay;
  const ends = [goal.startDay, goal.dueDay].filter((day) => !measured.some((point) => point.day === day));
  const added = ends.map((day) => ({ day, value: null, line: lineAt(goal, day) }));
  return [
    ...measured,
    ...added.filter(({ day }) => day > last || measured.length === 0 || day < (measured[0]?.day ?? '')),
  ].sort((a, b) => (a.day < b.day ? -1 : 1));
}
