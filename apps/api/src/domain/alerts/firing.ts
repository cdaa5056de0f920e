import { addDays, type Day } from '../calendar/day.js';
import type { EndedAlert } from './alert.js';

/** After a false alarm whose condition never went away. */
export const FALSE_ALARM_DAYS = 90;

/**
 * Whether a rule may raise an alert again: when its cool-down has passed since the last one ended, at the earliest on
 * the day after; and after a false alarm, when its condition has been false for a day as well, or 90 days have passed.
 * `ended` null: it never raised one here.
 */
export function mayFire(ended: EndedAlert | null, day: Day, coolDownDays: number): boolean {
  if (ended === null) return true;
  if (day < addDays(ended.endedDay, Math.max(1, coolDownDays))) return false;
  if (ended.outcome !== 'falseAlarm' && ended.state !== 'dropped') return true;
  return ended.falseSinceDay !== null || day >= addDays(ended.endedDay, FALSE_ALARM_DAYS);
}
