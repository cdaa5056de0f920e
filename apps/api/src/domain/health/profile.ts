import type { Normalizer, ProfileBody } from '@steward/shared/health';

/** A measure of a profile made ready for scoring. */
export interface CompiledMeasure {
  signal: string;
  /** Index of the signal's value in an account's array; −1 where the signal no longer exists (always null). */
  slot: number;
  weight: number;
  normalizer: Normalizer;
  /** Share of the profile by weights alone: group share × share in its group, 0–1. */
  share: number;
  group: number;
}

export interface CompiledGroup {
  key: string;
  weight: number;
  measures: readonly CompiledMeasure[];
}

/** A profile version made ready for scoring: slots and shares are worked out once. */
export interface CompiledProfile {
  body: ProfileBody;
  groups: readonly CompiledGroup[];
  /** All measures with a weight above 0, in the profile's order. */
  counted: readonly CompiledMeasure[];
}

/**
 * Weights are any non-negative numbers; a weight of 0 is shown and never counted.
 * @param slotOfSignal index of a signal's value in an account's array; null for a signal that does not exist
 */
export function compileProfile(body: ProfileBody, slotOfSignal: (key: string) => number | null): CompiledProfile {
  const total = body.groups.reduce((sum, group) => sum + group.weight, 0);
  const groups = body.groups.map((group, index) => {
    const inGroup = group.measures.reduce((sum, measure) => sum + measure.weight, 0);
    const measures = group.measures.map((measure) => ({
      signal: measure.signal,
      slot: slotOfSignal(measure.signal) ?? -1,
      weight: measure.weight,
      normalizer: measure.normalizer,
      share: total > 0 && inGroup > 0 ? (group.weight / total) * (measure.weight / inGroup) : 0,
      group: index,
    }));
    return { key: group.key, weight: group.weight, measures };
  });
  const counted = groups.flatMap((group) => group.measures.filter((measure) => measure.share > 0));
  return { body, groups, counted };
}

/** Signal keys of the measures of a profile, in its order. */
export function measuredSignals(body: ProfileBody): string[] {
  return body.groups.flatMap((group) => group.measures.map((measure) => measure.signal));
}
