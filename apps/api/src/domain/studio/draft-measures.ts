import type { DraftMeasure, MeasureState } from '@steward/shared/health-studio';
import { normalize } from '../health/normalize.js';
import type { CompiledMeasure, CompiledProfile } from '../health/profile.js';
import type { Values } from '../health/score.js';

interface Seen {
  withValue: number;
  withoutValue: number;
  min: number;
  max: number;
  points: number;
  leastPoints: number;
  mostPoints: number;
}

/** What the measures of a profile tell about the accounts that it scores. */
export class MeasureTally {
  private readonly measures: readonly CompiledMeasure[];
  private readonly seen: Seen[];
  private accounts = 0;

  constructor(private readonly profile: CompiledProfile) {
    this.measures = profile.groups.flatMap((group) => group.measures);
    this.seen = this.measures.map(() => ({
      withValue: 0,
      withoutValue: 0,
      min: Number.POSITIVE_INFINITY,
      max: Number.NEGATIVE_INFINITY,
      points: 0,
      leastPoints: Number.POSITIVE_INFINITY,
      mostPoints: Number.NEGATIVE_INFINITY,
    }));
  }

  take(values: Values): void {
    this.accounts += 1;
    for (let index = 0; index < this.measures.length; index += 1) {
      const measure = this.measures[index]!;
      const seen = this.seen[index]!;
      const value = measure.slot < 0 ? null : (values[measure.slot] ?? null);
      if (value === null) {
        seen.withoutValue += 1;
        continue;
      }
      const points = normalize(measure.normalizer, value);
      seen.withValue += 1;
      seen.points += points;
      if (value < seen.min) seen.min = value;
      if (value > seen.max) seen.max = value;
      if (points < seen.leastPoints) seen.leastPoints = points;
      if (points > seen.mostPoints) seen.mostPoints = points;
    }
  }

  figures(about: { labelOf: (signal: string) => string | null; isConnected: (signal: string) => boolean }): {
    measures: DraftMeasure[];
    scored: number;
  } {
    const measures = this.measures.map((measure, index): DraftMeasure => {
      const seen = this.seen[index]!;
      const label = about.labelOf(measure.signal);
      const state = stateOf(seen, label !== null, about.isConnected(measure.signal));
      const { withValue, withoutValue } = seen;
      return {
        signal: measure.signal,
        label: label ?? measure.signal,
        group: this.profile.groups[measure.group]!.key,
        state,
        share: measure.share * 100,
        withValue,
        withoutValue,
        min: withValue === 0 ? null : seen.min,
        max: withValue === 0 ? null : seen.max,
        meanNormalized: withValue === 0 ? null : seen.points / withValue,
        remark: remarkOn(state, seen),
      };
    });
    return { measures, scored: this.accounts };
  }
}

function stateOf(seen: Seen, isKnown: boolean, isConnected: boolean): MeasureState {
  if (!isKnown) return 'unknown_signal';
  if (!isConnected) return 'not_connected';
  if (seen.withValue === 0) return 'missing';
  // One account differs from nobody: that is no fault of the measure.
  if (seen.withValue === 1) return 'varies';
  if (seen.min === seen.max) return 'constant';
  return seen.leastPoints === seen.mostPoints ? 'clamped' : 'varies';
}

/** Of the accounts: hardly known below this share. */
const HARDLY_KNOWN = 0.1;

const shown = (value: number) => String(Math.round(value * 100) / 100);

function remarkOn(state: MeasureState, seen: Seen): string | null {
  const { withValue, withoutValue, min, max, leastPoints } = seen;
  const all = withValue + withoutValue;
  switch (state) {
    case 'unknown_signal':
      return 'There is no such signal any more, so it is left out for everyone.';
    case 'not_connected':
      return 'Not connected: what it is computed from was never delivered, so it is left out for everyone.';
    case 'missing':
      return all === 0 ? null : 'No account has a value: its weight goes to the other measures everywhere.';
    case 'constant':
      return `All ${withValue} accounts with a value have the same, ${shown(min)}: it tells none from another.`;
    case 'clamped':
      return `Its values lie between ${shown(min)} and ${shown(max)}, and all get ${shown(leastPoints)} points: its anchors leave no difference.`;
    case 'varies':
      return withValue < all * HARDLY_KNOWN
        ? `Only ${withValue} of ${all} accounts have a value: for the others its weight goes to other measures.`
        : null;
  }
}
