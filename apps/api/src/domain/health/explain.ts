import type { ExplainedMeasure, ScoreExplanation } from '@steward/shared/health';
import type { NullReason, SignalEvidence } from '@steward/shared/signals';
import { normalize } from './normalize.js';
import { apportion, toHundredths } from './points.js';
import type { CompiledMeasure, CompiledProfile } from './profile.js';
import { effectiveShares, limitsLeftOut, scoreOf, type Values } from './score.js';

export interface ExplanationInput {
  profile: CompiledProfile;
  values: Values;
  nullReasonOf: (signal: string) => NullReason | null;
  isConnected: (signal: string) => boolean;
  /** Positions of the caps and floors in force. */
  limits: readonly number[];
  evidenceOf: (signal: string) => SignalEvidence | null;
  /** The quiet period that holds the day, as it is called now. */
  quietPeriod: string | null;
}

/** Float noise in a sum of shares, in hundredths of a percent. */
const NOISE = 1e-6;

/**
 * Why an account has its score. For each measure: points given = effective share × score and points lost = effective
 * share × (100 − score), in points with two decimals; given points add up to the roll-up, given and lost to 100, and
 * roll-up + limitPoints is the score (rounding residue: see `apportion`). Sorted by points lost.
 */
export function explainScore(input: ExplanationInput): ScoreExplanation {
  const { profile, values, limits } = input;
  const scored = scoreOf(profile, values, input.isConnected, limits);
  const shares = effectiveShares(profile, values);
  const normalized = profile.counted.map((measure) => {
    const value = values[measure.slot] ?? null;
    return value === null ? null : normalize(measure.normalizer, value);
  });
  const beforeLimits = scored.rollUp === null ? null : toHundredths(scored.rollUp);
  const given = apportion(
    shares.map((share, i) => share * (normalized[i] ?? 0)),
    beforeLimits ?? 0,
  );
  const lost = apportion(
    shares.map((share, i) => share * (100 - (normalized[i] ?? 100))),
    beforeLimits === null ? 0 : 10_000 - beforeLimits,
  );
  const counted = new Map(profile.counted.map((measure, i) => [measure.signal, i]));
  const groupsWithData = new Set(profile.counted.flatMap((measure, i) => (shares[i]! > 0 ? [measure.group] : [])));

  const measures = profile.groups.flatMap((group) =>
    group.measures.map((measure): ExplainedMeasure => {
      const i = counted.get(measure.signal);
      const value = values[measure.slot] ?? null;
      return {
        signal: measure.signal,
        group: group.key,
        value,
        nullReason: value === null ? (input.nullReasonOf(measure.signal) ?? 'not_set') : null,
        connected: input.isConnected(measure.signal),
        normalized: value === null ? null : normalize(measure.normalizer, value),
        share: measure.share * 100,
        effectiveShare: i === undefined ? 0 : shares[i]! * 100,
        pointsGiven: i === undefined ? 0 : given[i]! / 100,
        pointsLost: i === undefined ? 0 : lost[i]! / 100,
        weightWentTo: value === null && i !== undefined ? weightWentTo(measure, groupsWithData) : null,
        evidence: input.evidenceOf(measure.signal),
      };
    }),
  );
  return {
    score: scored.score,
    band: scored.band,
    beforeLimits: beforeLimits === null ? null : beforeLimits / 100,
    limitPoints: scored.score === null || beforeLimits === null ? 0 : (toHundredths(scored.score) - beforeLimits) / 100,
    coverage: scored.coverage === null ? null : shownCoverage(scored.coverage),
    minCoverage: profile.body.minCoverage,
    connectedMeasures: profile.counted.filter((measure) => input.isConnected(measure.signal)).length,
    countedMeasures: profile.counted.length,
    measures: measures.sort((a, b) => b.pointsLost - a.pointsLost),
    limits: limits.flatMap((index) => {
      const limit = profile.body.limits[index];
      if (!limit) return [];
      const { key, kind, at, reason } = limit;
      return [{ key, kind, at, reason, decisive: scored.decisiveLimit === index }];
    }),
    leftOut: limitsLeftOut(limits).flatMap((index) => {
      const limit = profile.body.limits[index];
      if (!limit) return [];
      const { key, kind, at, reason } = limit;
      return [{ key, kind, at, reason, quietPeriod: input.quietPeriod }];
    }),
  };
}

/** Coverage with two decimals, never above what it is: what shows the smallest coverage has a score. */
function shownCoverage(coverage: number): number {
  return Math.floor(coverage * 100 + NOISE) / 100;
}

function weightWentTo(measure: CompiledMeasure, groupsWithData: ReadonlySet<number>): ExplainedMeasure['weightWentTo'] {
  if (groupsWithData.has(measure.group)) return 'group';
  return groupsWithData.size > 0 ? 'other_groups' : 'nowhere';
}
