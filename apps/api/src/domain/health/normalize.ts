import type { Normalizer } from '@steward/shared/health';

/**
 * A signal's value as a score from 0 to 100. Linear: (value − from) ÷ (to − from) × 100, clamped, in either direction.
 * Bands: the score of the half-open band [from, to) that holds the value, the last band closed; below the first band its
 * score, above the last the last one's, so that every value has a score.
 */
export function normalize(normalizer: Normalizer, value: number): number {
  if (normalizer.kind === 'linear') {
    const share = (value - normalizer.from) / (normalizer.to - normalizer.from);
    return Math.min(100, Math.max(0, share * 100));
  }
  const { bands } = normalizer;
  const found = bands.find((band) => band.to === null || value < band.to) ?? bands.at(-1);
  if (!found) throw new RangeError('Bands are never empty');
  return found.score;
}
