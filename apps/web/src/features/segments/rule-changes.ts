import type { SegmentSizes } from '@steward/shared/segments';

/** The days from which another rule counted. */
export function ruleChanges(sizes: SegmentSizes['sizes']): { day: string; text: string }[] {
  return sizes.flatMap(({ day, ruleVersion }, place) => {
    const before = sizes[place - 1];
    return before && before.ruleVersion !== ruleVersion ? [{ day, text: 'Rule changed' }] : [];
  });
}
