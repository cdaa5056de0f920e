import type { ProfileDraft } from '@steward/shared/model-drafts';

/** Shares of a profile by its weights alone, 0–1. Null: no such group or measure, or all weights are 0. */
export interface Shares {
  group: (key: string) => number | null;
  measure: (signal: string) => number | null;
}

/** Group share = W ÷ ΣW; share of a measure = group share × w ÷ Σw in its group. A weight not set counts as 0. */
export function profileShares({ groups }: ProfileDraft): Shares {
  const sum = (weights: readonly (number | null)[]) => weights.reduce<number>((all, weight) => all + (weight ?? 0), 0);
  const total = sum(groups.map(({ weight }) => weight));
  const ofGroups = new Map<string, number>();
  const ofMeasures = new Map<string, number>();
  for (const { key, weight, measures } of groups) {
    if (total === 0) break;
    const ofGroup = (weight ?? 0) / total;
    ofGroups.set(key, ofGroup);
    const inGroup = sum(measures.map((measure) => measure.weight));
    for (const measure of measures) {
      ofMeasures.set(measure.signal, inGroup === 0 ? 0 : (ofGroup * (measure.weight ?? 0)) / inGroup);
    }
  }
  return { group: (key) => ofGroups.get(key) ?? null, measure: (signal) => ofMeasures.get(signal) ?? null };
}
