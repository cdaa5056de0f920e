import type { Band } from '@steward/shared/common';
import type { ProfileBody } from '@steward/shared/health';
import { normalize } from './normalize.js';
import { roundScore } from './points.js';
import type { CompiledMeasure, CompiledProfile } from './profile.js';

/** Values of an account by slot; null = no value. */
export type Values = readonly (number | null)[];

export interface Scored {
  /** 0–100 in steps of 0.01; null = unknown (too little data). */
  score: number | null;
  band: Band;
  /** Share of the connected measures that have data, 0–100 %; null when no measure is connected. */
  coverage: number | null;
  /** The roll-up before caps and floors, not rounded; null without any value. */
  rollUp: number | null;
  /** Index of the cap or floor that moved the score; null when none did. */
  decisiveLimit: number | null;
}

/** Float noise that a comparison with the smallest coverage forgives, in percent. */
const NOISE = 1e-9;

function knownValue(values: Values, measure: CompiledMeasure): number | null {
  return measure.slot < 0 ? null : (values[measure.slot] ?? null);
}

/**
 * group = Σ w·s ÷ Σ w over its measures with a value; score = Σ W·group ÷ Σ W over the groups with a score. A measure
 * without a value thus counts exactly as if the profile did not have it. 0–100; null when nothing has a value.
 * @param takes leaves out measures (by their signal) when given
 */
export function rollUp(profile: CompiledProfile, values: Values, takes?: (signal: string) => boolean): number | null {
  let points = 0;
  let weights = 0;
  for (const group of profile.groups) {
    let groupPoints = 0;
    let groupWeights = 0;
    for (const measure of group.measures) {
      if (measure.weight === 0 || (takes && !takes(measure.signal))) continue;
      const value = knownValue(values, measure);
      if (value === null) continue;
      groupPoints += measure.weight * normalize(measure.normalizer, value);
      groupWeights += measure.weight;
    }
    if (groupWeights === 0 || group.weight === 0) continue;
    points += group.weight * (groupPoints / groupWeights);
    weights += group.weight;
  }
  return weights === 0 ? null : points / weights;
}

/**
 * Shares of the measures that have a value, after the weight of the others has moved: within the group first, and to
 * the other groups where a whole group has none. They add up to 1, and share × score adds up to the roll-up.
 * By position in `profile.counted`; 0 without a value.
 */
export function effectiveShares(
  profile: CompiledProfile,
  values: Values,
  takes?: (signal: string) => boolean,
): number[] {
  const known = profile.counted.map(
    (measure) => knownValue(values, measure) !== null && (takes === undefined || takes(measure.signal)),
  );
  const inGroup = profile.groups.map(() => 0);
  profile.counted.forEach((measure, i) => {
    if (known[i]) inGroup[measure.group]! += measure.weight;
  });
  const total = profile.groups.reduce((sum, group, g) => sum + (inGroup[g]! > 0 ? group.weight : 0), 0);
  return profile.counted.map((measure, i) =>
    known[i] ? (profile.groups[measure.group]!.weight / total) * (measure.weight / inGroup[measure.group]!) : 0,
  );
}

/**
 * Coverage = Σ share of the connected measures with data ÷ Σ share of the connected measures, in %. A measure is
 * connected when the workspace has ever delivered all of its inputs; one that is not is left out for everyone. Null
 * when none is connected.
 */
export function coverageOf(
  profile: CompiledProfile,
  values: Values,
  isConnected: (signal: string) => boolean,
): number | null {
  let connected = 0;
  let known = 0;
  for (const measure of profile.counted) {
    if (!isConnected(measure.signal)) continue;
    connected += measure.share;
    if (knownValue(values, measure) !== null) known += measure.share;
  }
  return connected === 0 ? null : (known / connected) * 100;
}

/**
 * Caps and floors on a roll-up. The highest floor lifts it, then the lowest cap holds it down: a cap wins over any
 * floor. `limits` are the positions in the profile of those whose rule holds.
 */
export function applyLimits(
  body: ProfileBody,
  points: number,
  limits: readonly number[],
): { points: number; decisiveLimit: number | null } {
  let floor: { at: number; index: number } | null = null;
  let cap: { at: number; index: number } | null = null;
  for (const index of [...limits].sort((a, b) => a - b)) {
    const limit = body.limits[index];
    if (!limit) continue;
    if (limit.kind === 'floor' && (floor === null || limit.at > floor.at)) floor = { at: limit.at, index };
    if (limit.kind === 'cap' && (cap === null || limit.at < cap.at)) cap = { at: limit.at, index };
  }
  const lifted = floor !== null && floor.at > points ? floor.at : points;
  const held = cap !== null && cap.at < lifted ? cap.at : lifted;
  if (held === points) return { points, decisiveLimit: null };
  return { points: held, decisiveLimit: held < lifted ? (cap?.index ?? null) : (floor?.index ?? null) };
}

/**
 * The limits whose rule holds, as a day keeps them: the position of one in force, −1 − position of one that is left out
 * because the day lies in a quiet period of the workspace. Whoever looks a limit up by its position passes over those.
 */
export function limitsOfDay(body: ProfileBody, holds: readonly boolean[], isQuietDay: boolean): number[] {
  return body.limits.flatMap((limit, i) => {
    if (!holds[i]) return [];
    return [isQuietDay && limit.skipInQuietPeriods ? -1 - i : i];
  });
}

/** Positions of the limits that a quiet period has left out. */
export function limitsLeftOut(limits: readonly number[]): number[] {
  return limits.flatMap((limit) => (limit < 0 ? [-1 - limit] : []));
}

/** At risk [0, watchFrom), watch [watchFrom, healthyFrom), healthy [healthyFrom, 100]; a null score is unknown. */
export function bandOf(score: number | null, bands: ProfileBody['bands']): Band {
  if (score === null) return 'unknown';
  if (score < bands.watchFrom) return 'at_risk';
  return score < bands.healthyFrom ? 'watch' : 'healthy';
}

/** A score as people read it: its floor, so that what shows 70 is never healthy. */
export function shownScore(score: number): number {
  return Math.floor(score);
}

/**
 * The score of an account: roll-up, then caps and floors, rounded once to 0.01 half up. Under the smallest coverage it
 * is null and the band unknown, never red and never green.
 */
export function scoreOf(
  profile: CompiledProfile,
  values: Values,
  isConnected: (signal: string) => boolean,
  limits: readonly number[],
): Scored {
  const coverage = coverageOf(profile, values, isConnected);
  const points = rollUp(profile, values);
  if (points === null || coverage === null || coverage + NOISE < profile.body.minCoverage) {
    return { score: null, band: 'unknown', coverage, rollUp: points, decisiveLimit: null };
  }
  const limited = applyLimits(profile.body, points, limits);
  const score = roundScore(limited.points);
  return {
    score,
    band: bandOf(score, profile.body.bands),
    coverage,
    rollUp: points,
    decisiveLimit: limited.decisiveLimit,
  };
}
