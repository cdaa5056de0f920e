import { addDays, type Day } from '../calendar/day.js';
import type { Window } from '../calendar/window.js';
import type { SourceState } from './context.js';

const GAP_WINDOW_DAYS = 60;
const MIN_DELIVERIES = 5;
const MIN_SILENT_DAYS = 3;
const SILENT_AFTER_GAPS = 3;
/** More silent days than this share of a window, and no change is computed over it. */
export const MAX_SILENT_SHARE = 0.2;

/**
 * The days up to `through` on which a source was silent: days without a fact in a pause of at least three times the
 * usual gap between delivery days and of at least 3 days. The usual gap is the median of the gaps in the 60 days before
 * the pause; a source with fewer than five deliveries by then is never silent. A pause counts from its first day once
 * it is long enough, because all of it lacks data.
 */
export function silentDays(deliveryDays: readonly Day[], through: Day): Day[] {
  const days = [...new Set(deliveryDays)].filter((day) => day <= through).sort((a, b) => a - b);
  const silent: Day[] = [];
  days.forEach((day, index) => {
    const next = days[index + 1] ?? addDays(through, 1);
    const missing = next - day - 1;
    if (index + 1 < MIN_DELIVERIES || missing < MIN_SILENT_DAYS) return;
    const gaps: number[] = [];
    for (let i = index; i > 0 && days[i]! > day - GAP_WINDOW_DAYS; i -= 1) gaps.push(days[i]! - days[i - 1]!);
    if (gaps.length === 0 || missing < SILENT_AFTER_GAPS * medianOf(gaps)) return;
    for (let missed = addDays(day, 1); missed < next; missed = addDays(missed, 1)) silent.push(missed);
  });
  return silent;
}

/** True when the source is silent on the day: the day belongs to a pause that is long enough by then. */
export function isSilent(deliveryDays: readonly Day[], day: Day): boolean {
  return silentDays(deliveryDays, day).at(-1) === day;
}

/** First day of the silence that the day belongs to: the day after the last delivery. Null: the source is not silent. */
export function silentSince(deliveryDays: readonly Day[], day: Day): Day | null {
  if (!isSilent(deliveryDays, day)) return null;
  return addDays(Math.max(...deliveryDays.filter((delivered) => delivered <= day)) as Day, 1);
}

/**
 * True when more than 20 % of the window's days lack data: days on which the source was silent, and days before it was
 * connected.
 */
export function isMostlySilent(source: SourceState, window: Window): boolean {
  const unconnected = Math.min(window.days, Math.max(0, source.connectedOn - window.from));
  const silent = source.silentDays.filter((day) => day >= source.connectedOn && day >= window.from && day <= window.to);
  return unconnected + new Set(silent).size > MAX_SILENT_SHARE * window.days;
}

/** Middle of the sorted values; the mean of the two middle ones for an even count. Not defined for an empty list. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
