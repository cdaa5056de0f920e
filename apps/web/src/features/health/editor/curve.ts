import type { NormalizerDraft } from './profile-draft.js';

export interface CurvePoint {
  value: number;
  score: number;
}

/**
 * A normaliser as the corners of a line over the values from `low` to `high`, scores 0 to 100; a step of bands has two
 * corners at one value. Null while a number of it is missing, or the two anchors are one.
 */
export function curveOf(normalizer: NormalizerDraft, low: number, high: number): CurvePoint[] | null {
  if (normalizer.kind === 'linear') {
    const { from, to } = normalizer;
    if (from === null || to === null || from === to) return null;
    const scoreAt = (value: number) => Math.min(100, Math.max(0, ((value - from) / (to - from)) * 100));
    const corners = [from, to].filter((value) => value > low && value < high).sort((a, b) => a - b);
    return [low, ...corners, high].map((value) => ({ value, score: scoreAt(value) }));
  }
  const { bands } = normalizer;
  const last = bands.length - 1;
  if (bands.some(({ to, score }, index) => score === null || (to === null && index < last))) return null;
  const points: CurvePoint[] = [];
  let at = low;
  for (const [index, { to, score }] of bands.entries()) {
    const end = index === last ? high : Math.min(high, Math.max(at, to ?? high));
    points.push({ value: at, score: score ?? 0 }, { value: end, score: score ?? 0 });
    at = end;
  }
  return points;
}

/** The stretch of values worth drawing: what accounts have and where the normaliser bends, with a little room. */
export function stretchOf(
  normalizer: NormalizerDraft,
  seen: { min: number | null; max: number | null } | null,
): { low: number; high: number } {
  const bends =
    normalizer.kind === 'linear' ? [normalizer.from, normalizer.to] : normalizer.bands.slice(0, -1).map(({ to }) => to);
  const values = [...bends, seen?.min ?? null, seen?.max ?? null].filter((value): value is number => value !== null);
  if (values.length === 0) return { low: 0, high: 1 };
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = low === high ? Math.max(1, Math.abs(low) * 0.1) : (high - low) * 0.04;
  // What is never below 0 is not drawn below it.
  return { low: low >= 0 ? Math.max(0, low - room) : low - room, high: high + room };
}
