import type { ScoreChange } from '@steward/shared/health';
import { type Day, isoOf } from '../calendar/day.js';
import { normalize } from './normalize.js';
import { apportion, toHundredths } from './points.js';
import type { CompiledProfile } from './profile.js';
import { applyLimits, effectiveShares, rollUp, scoreOf, type Values } from './score.js';

/** What a score was made from on one day. */
export interface ScoredDay {
  day: Day;
  profile: CompiledProfile;
  values: Values;
  isConnected: (signal: string) => boolean;
  /** Positions of the caps and floors in force. */
  limits: readonly number[];
}

/**
 * What changed between two days, in points that add up exactly to the difference of the two scores:
 *
 * - model: the old facts under the new profile version, less the old score. A cap or floor that both versions have
 *   holds as it did then; one that only the new version has, as it holds now (its rule is part of the model).
 * - measures: those known on both days; share (over the measures known on both days) × change of the normalised score.
 * - data: measures that have a value on one of the days only, appeared or vanished.
 * - limits: what caps and floors add or take now, less what they did then.
 *
 * Each line is rounded to 0.01 and the residue goes to the lines that rounding moved furthest (`apportion`); a line of
 * exactly 0 stays 0. Null: one of the days has no score.
 */
export function whatChanged(then: ScoredDay, now: ScoredDay): ScoreChange | null {
  const scoreThen = scoreOf(then.profile, then.values, then.isConnected, then.limits).score;
  const scoreNow = scoreOf(now.profile, now.values, now.isConnected, now.limits).score;
  const rolledNow = rollUp(now.profile, now.values);
  if (scoreThen === null || scoreNow === null || rolledNow === null) return null;

  const thenLimits = limitsUnder(then, now);
  const rolledThen = rollUp(now.profile, then.values);
  const pointsThen = pointsOf(then.profile, then.values, then.limits);
  const pointsNow = applyLimits(now.profile.body, rolledNow, now.limits).points;
  // None of the new version's measures had a value then: nothing but the model can be compared.
  const thenUnderNow = rolledThen === null ? pointsNow : applyLimits(now.profile.body, rolledThen, thenLimits).points;

  const isKnown = (values: Values) => (slot: number) => (values[slot] ?? null) !== null;
  const [knownThen, knownNow] = [isKnown(then.values), isKnown(now.values)];
  const { counted } = now.profile;
  const both = counted.filter(({ slot }) => knownThen(slot) && knownNow(slot));
  const inBoth = new Set(both.map(({ signal }) => signal));
  const shares = effectiveShares(now.profile, now.values, (signal) => inBoth.has(signal));
  const measureParts = both.map((measure) => {
    const share = shares[counted.indexOf(measure)] ?? 0;
    const before = normalize(measure.normalizer, then.values[measure.slot] ?? 0);
    return share * (normalize(measure.normalizer, now.values[measure.slot] ?? 0) - before);
  });
  const appeared = counted.filter(({ slot }) => !knownThen(slot) && knownNow(slot)).map(({ signal }) => signal);
  const vanished = counted.filter(({ slot }) => knownThen(slot) && !knownNow(slot)).map(({ signal }) => signal);
  const hasDataPart = rolledThen !== null && appeared.length + vanished.length > 0;
  const rolledPart = rolledThen === null ? 0 : rolledNow - rolledThen;
  const dataPart = hasDataPart ? rolledPart - measureParts.reduce((sum, part) => sum + part, 0) : 0;
  const limitPart = rolledThen === null ? 0 : clean(pointsNow - rolledNow - (thenUnderNow - rolledThen));

  const total = toHundredths(scoreNow) - toHundredths(scoreThen);
  const parts = apportion(
    [clean(thenUnderNow - pointsThen), ...measureParts.map(clean), clean(dataPart), limitPart],
    total,
  );
  const points = parts.map((part) => part / 100);
  const keysOf = (scored: ScoredDay) => scored.limits.flatMap((index) => scored.profile.body.limits[index]?.key ?? []);
  return {
    from: { day: isoOf(then.day), score: scoreThen },
    to: { day: isoOf(now.day), score: scoreNow },
    total: total / 100,
    model: points[0]!,
    measures: both.map((measure, i) => ({
      signal: measure.signal,
      points: points[i + 1]!,
      valueThen: then.values[measure.slot]!,
      valueNow: now.values[measure.slot]!,
    })),
    data: { points: points.at(-2)!, appeared, vanished },
    limits: {
      points: points.at(-1)!,
      started: keysOf(now).filter((key) => !keysOf(then).includes(key)),
      ended: keysOf(then).filter((key) => !keysOf(now).includes(key)),
    },
  };
}

/** What the model part leaves of a change: the part that facts and caps made. In points. */
export function withoutModel(change: ScoreChange): number {
  return (toHundredths(change.total) - toHundredths(change.model)) / 100;
}

/**
 * Change of the score over a span of days without the model part (`health.change`: over 30 days). Points, two decimals.
 * Null: no score on one of the days.
 */
export function healthChange(then: ScoredDay, now: ScoredDay): number | null {
  const change = whatChanged(then, now);
  return change === null ? null : withoutModel(change);
}

/**
 * What another profile version (or another profile) made of yesterday's facts: the model part of the change from the
 * close of the day before to this day, in points with two decimals. 0 under the same version, and where there was no
 * score before or is none now.
 */
export function modelChange(before: ScoredDay, today: ScoredDay): number {
  if (before.profile.body === today.profile.body) return 0;
  return whatChanged(before, today)?.model ?? 0;
}

function pointsOf(profile: CompiledProfile, values: Values, limits: readonly number[]): number {
  return applyLimits(profile.body, rollUp(profile, values) ?? 0, limits).points;
}

/** The limits of the new version that are held to apply to the old facts. */
function limitsUnder(then: ScoredDay, now: ScoredDay): number[] {
  if (then.profile.body === now.profile.body) return [...then.limits];
  const held = new Set(then.limits.flatMap((index) => then.profile.body.limits[index]?.key ?? []));
  const known = new Set(then.profile.body.limits.map((limit) => limit.key));
  return now.profile.body.limits.flatMap(({ key }, index) => {
    const applies = known.has(key) ? held.has(key) : now.limits.includes(index);
    return applies ? [index] : [];
  });
}

/** Differences under a billionth of a point are float noise and no line of their own. */
function clean(points: number): number {
  return Math.abs(points) < 1e-9 ? 0 : points;
}
