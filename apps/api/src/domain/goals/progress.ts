import { type Day, daysBetween } from '../calendar/day.js';

/** How far a goal has come, and how far it should have. */

export interface NumericTarget {
  op: 'gte' | 'lte';
  value: number;
}

/** Whether a value meets the target; null: the value is not known. */
export function meets(target: NumericTarget, value: number | null): boolean | null {
  if (value === null) return null;
  return target.op === 'gte' ? value >= target.value : value <= target.value;
}

/**
 * (value − baseline) ÷ (target − baseline): 0 at the baseline, 1 at the target, not clamped, so below 0 where it goes
 * the wrong way. Null while either is unknown. A baseline that met the target already leaves no way to go: 1 while it is
 * met, else 0.
 */
export function progressOf(target: NumericTarget, baseline: number | null, value: number | null): number | null {
  if (baseline === null || value === null) return null;
  if (meets(target, baseline)) return meets(target, value) ? 1 : 0;
  return (value - baseline) / (target.value - baseline);
}

/** Done ÷ required tasks, 0–1; null where none is required. */
export function progressOfTasks({ required, requiredDone }: { required: number; requiredDone: number }): number | null {
  return required === 0 ? null : requiredDone / required;
}

/** The share of a goal's time that has passed by a day, 0–1: the straight line from its start to its due day. */
export function elapsedShare(startDay: Day, dueDay: Day, asOf: Day): number {
  const whole = daysBetween(startDay, dueDay);
  if (whole <= 0) return asOf < startDay ? 0 : 1;
  return Math.min(1, Math.max(0, daysBetween(startDay, asOf) / whole));
}
