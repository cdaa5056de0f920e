import type { Loss } from './alert.js';

/**
 * What a signal of change tells of the value before: with `percent` now ÷ (1 + change ÷ 100), else now − change. Null
 * where it cannot be told, as after a fall by 100 %.
 */
export function valueBefore(now: number, change: number, unit: 'percent' | 'points'): number | null {
  if (unit === 'points') return now - change;
  return change <= -100 ? null : now / (1 + change / 100);
}

/**
 * Half of a fall has been made good: the value stands at least midway between what it was before and the lowest that is
 * known of it. False where the value is not known.
 */
export function isHalfRegained({ before, at }: Loss, lowest: number | null, now: number | null): boolean {
  if (now === null) return false;
  return now >= (before + Math.min(at, lowest ?? at)) / 2;
}
