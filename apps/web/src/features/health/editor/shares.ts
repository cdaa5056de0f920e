import type { ProfileDraft } from '@steward/shared/model-drafts';

interface Weighed {
  weight: number | null;
}

export interface Shares {
  /** By the group's key: its part of the score, in percent. */
  groups: ReadonlyMap<string, number>;
  /** By the measure's signal: its part of the score where every measure has data, in percent. */
  measures: ReadonlyMap<string, number>;
}

const sumOf = (parts: readonly Weighed[]): number => parts.reduce((sum, { weight }) => sum + (weight ?? 0), 0);

/**
 * What each group and measure counts for: group share = W ÷ Σ W; share of a measure = group share × w ÷ Σ w. A group
 * whose measures weigh nothing counts for nothing, and its part goes to the others. Sums to 100; all 0 without weights.
 */
export function sharesOf({ groups }: Pick<ProfileDraft, 'groups'>): Shares {
  const counted = groups.filter(({ measures }) => sumOf(measures) > 0);
  const total = sumOf(counted);
  const ofGroups = new Map<string, number>();
  const ofMeasures = new Map<string, number>();
  for (const group of groups) {
    const within = sumOf(group.measures);
    const share = total === 0 || within === 0 ? 0 : ((group.weight ?? 0) / total) * 100;
    ofGroups.set(group.key, share);
    for (const { signal, weight } of group.measures)
      ofMeasures.set(signal, within === 0 ? 0 : share * ((weight ?? 0) / within));
  }
  return { groups: ofGroups, measures: ofMeasures };
}
