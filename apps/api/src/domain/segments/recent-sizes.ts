import { addDays, type Day, isoOf } from '../calendar/day.js';

export interface SizesOfSegment {
  /** Members now. */
  now: number;
  ruleVersion: number;
  /** As it was at the closes of days, over all accounts. */
  kept: readonly { day: string; members: number; ruleVersion: number }[];
  /** By day, how many more members came than went; null: what was kept is taken as it is. */
  gains: ReadonlyMap<string, number> | null;
}

/**
 * Members of a segment at the close of each of the last `days` − 1 days and now, oldest first. Null for a day of which
 * nothing is kept. For a reader of some accounts only, it is gone back from now by who came and went, as far as the
 * rule was the same.
 */
export function recentSizes({ now, ruleVersion, kept, gains }: SizesOfSegment, today: Day, days: number) {
  const byDay = new Map(kept.map((size) => [size.day, size]));
  const sizes: (number | null)[] = [now];
  let size = now;
  for (let day = today; sizes.length < days; day = addDays(day, -1)) {
    size -= gains?.get(isoOf(day)) ?? 0;
    const before = byDay.get(isoOf(addDays(day, -1)));
    if (before === undefined || (gains !== null && before.ruleVersion !== ruleVersion)) sizes.push(null);
    else sizes.push(gains === null ? before.members : size);
  }
  return sizes.reverse();
}
