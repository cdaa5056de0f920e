import type { ScoreChange } from '@steward/shared/health';
import { type Day, isoOf } from '../calendar/day.js';
import { normalize } from './normalize.js';
import { apportion, toHundredths } from './points.js';
import type { CompiledMeasure, CompiledProfile } from './profile.js';
import { applyLimits, effectiveShares, rollUp, type Values } from './score.js';

/** What a score is made from. */
export interface ScoreMakings {
  profile: CompiledProfile;
  values: Values;
  /** Positions of the caps and floors in force. */
  limits: readonly number[];
}

/** A day on which an account was scored. */
export interface ScoredDay extends ScoreMakings {
  day: Day;
  score: number;
}

/**
 * The model part of the change from one scored day to the next: the old facts under the new profile version, less the
 * old score. In points with two decimals; 0 under the same version. A cap or floor that both versions have holds as it
 * did then; one that only the new version has, as it holds now (its rule is part of the model).
 *
 * Taken where the version changes, from one scored day to the next, and never over a longer span: only so does a new
 * profile leave every change without its model part as it was the day before, and fires no alerts.
 */
export function modelChange(then: ScoreMakings, now: ScoreMakings): number {
  return modelHundredths(then, now) / 100;
}

/**
 * The days between which a change is taken apart: the first and the last scored day of a span, and both sides of each
 * change of the profile version in between. `scored`: the scored days of the span, ascending.
 */
export function daysToCompare(scored: readonly { day: Day; versionId: number }[]): Day[] {
  return scored
    .filter(({ versionId }, i) => {
      const [before, after] = [scored[i - 1], scored[i + 1]];
      return !before || !after || before.versionId !== versionId || after.versionId !== versionId;
    })
    .map(({ day }) => day);
}

/**
 * What changed from the first to the last of `days` (`daysToCompare`), in points that add up exactly to the difference
 * of the two scores:
 *
 * - model: the model parts of all changes of version in between (`modelChange`). Without them the total is what
 *   `health.change` and "score fell by" say.
 * - measures: those known on both days; what each made, under the version of the time.
 * - data: what measures made that are not known on both days or were missing in between, with their names.
 * - limits: what caps and floors add or take now, less what they did then, the model's part left out.
 */
export function whatChanged(days: readonly ScoredDay[]): ScoreChange {
  const [then, now] = [days[0], days.at(-1)];
  if (!then || !now) throw new RangeError('A change needs two scored days');
  const steps = days.slice(1).map((day, i) => stepBetween(days[i]!, day));
  const sum = (pointsOf: (step: Step) => number) => steps.reduce((total, step) => total + pointsOf(step), 0);

  const slots = new Map([...days].reverse().flatMap(({ profile }) => profile.counted.map((m) => [m.signal, m.slot])));
  const inNewest = new Set(now.profile.counted.map(({ signal }) => signal));
  const ofSignal = [...slots].map(([signal, slot]) => ({
    signal,
    hundredths: sum((step) => step.measures.get(signal) ?? 0),
    valueThen: knownValue(then, slot),
    valueNow: knownValue(now, slot),
  }));
  const measures = ofSignal.flatMap(({ signal, hundredths, valueThen, valueNow }) => {
    if (valueThen === null || valueNow === null || (hundredths === 0 && !inNewest.has(signal))) return [];
    return [{ signal, points: hundredths / 100, valueThen, valueNow }];
  });
  const others = ofSignal.filter(({ valueThen, valueNow }) => valueThen === null || valueNow === null);
  const moved = others.filter(({ hundredths }) => hundredths !== 0);
  const named = (of: 'appeared' | 'vanished', more: typeof moved) => [
    ...new Set([...steps.flatMap((step) => step[of]), ...more.map(({ signal }) => signal)]),
  ];
  const keysOf = ({ limits, profile }: ScoredDay) => limits.flatMap((index) => profile.body.limits[index]?.key ?? []);
  return {
    from: { day: isoOf(then.day), score: then.score },
    to: { day: isoOf(now.day), score: now.score },
    total: (toHundredths(now.score) - toHundredths(then.score)) / 100,
    model: sum((step) => step.model) / 100,
    measures,
    data: {
      points: (sum((step) => step.data) + others.reduce((total, { hundredths }) => total + hundredths, 0)) / 100,
      appeared: named(
        'appeared',
        moved.filter(({ valueThen }) => valueThen === null),
      ),
      vanished: named(
        'vanished',
        moved.filter(({ valueNow }) => valueNow === null),
      ),
    },
    limits: {
      points: sum((step) => step.limits) / 100,
      started: keysOf(now).filter((key) => !keysOf(then).includes(key)),
      ended: keysOf(then).filter((key) => !keysOf(now).includes(key)),
    },
  };
}

/** A change between two scored days with at most one change of version. In hundredths of a point. */
interface Step {
  model: number;
  /** By signal: measures of the newer version that are known on both days. */
  measures: ReadonlyMap<string, number>;
  data: number;
  appeared: string[];
  vanished: string[];
  limits: number;
}

/**
 * The newer version takes both days apart. A measure's part is its share (over the measures known on both days) × the
 * change of its normalised score; data is what the roll-up changed beyond that. Each part is rounded to 0.01 and the
 * residue goes to the parts that rounding moved furthest (`apportion`); a part of exactly 0 stays 0.
 */
function stepBetween(then: ScoredDay, now: ScoredDay): Step {
  const { counted } = now.profile;
  const isKnown = (on: ScoredDay) => (measure: CompiledMeasure) => knownValue(on, measure.slot) !== null;
  const both = counted.filter((measure) => isKnown(then)(measure) && isKnown(now)(measure));
  const appeared = counted.filter((measure) => !isKnown(then)(measure) && isKnown(now)(measure));
  const vanished = counted.filter((measure) => isKnown(then)(measure) && !isKnown(now)(measure));

  const rolledNow = rollUp(now.profile, now.values) ?? 0;
  const rolledThen = rollUp(now.profile, then.values);
  const inBoth = new Set(both.map(({ signal }) => signal));
  const shares = effectiveShares(now.profile, now.values, (signal) => inBoth.has(signal));
  const measureParts = both.map((measure) => {
    const before = normalize(measure.normalizer, then.values[measure.slot] ?? 0);
    const share = shares[counted.indexOf(measure)] ?? 0;
    return clean(share * (normalize(measure.normalizer, now.values[measure.slot] ?? 0) - before));
  });
  // None of the new version's measures had a value then: nothing but the model can be compared.
  const isComparable = rolledThen !== null;
  const hasDataPart = isComparable && appeared.length + vanished.length > 0;
  const rolledPart = isComparable ? rolledNow - rolledThen : 0;
  const dataPart = hasDataPart ? rolledPart - measureParts.reduce((sum, part) => sum + part, 0) : 0;
  const taken = applyLimits(now.profile.body, rolledNow, now.limits).points - rolledNow;
  const limitPart = isComparable ? taken - (thenUnderNow(then, now) - rolledThen) : 0;

  const model = modelHundredths(then, now);
  const rest = toHundredths(now.score) - toHundredths(then.score) - model;
  const parts = apportion([...measureParts, clean(dataPart), clean(limitPart)], rest);
  return {
    model,
    measures: new Map(both.map(({ signal }, i) => [signal, parts[i]!])),
    data: parts.at(-2)!,
    appeared: appeared.map(({ signal }) => signal),
    vanished: vanished.map(({ signal }) => signal),
    limits: parts.at(-1)!,
  };
}

function modelHundredths(then: ScoreMakings, now: ScoreMakings): number {
  if (then.profile.body === now.profile.body) return 0;
  const before = applyLimits(then.profile.body, rollUp(then.profile, then.values) ?? 0, then.limits).points;
  return toHundredths(thenUnderNow(then, now)) - toHundredths(before);
}

/** The old facts under the new version. Where they have no value for it, the new score: then all of it is the model's. */
function thenUnderNow(then: ScoreMakings, now: ScoreMakings): number {
  const rolledThen = rollUp(now.profile, then.values);
  if (rolledThen !== null) return applyLimits(now.profile.body, rolledThen, limitsUnder(then, now)).points;
  return applyLimits(now.profile.body, rollUp(now.profile, now.values) ?? 0, now.limits).points;
}

/** The limits of the new version that are held to apply to the old facts. */
function limitsUnder(then: ScoreMakings, now: ScoreMakings): number[] {
  if (then.profile.body === now.profile.body) return [...then.limits];
  const held = new Set(then.limits.flatMap((index) => then.profile.body.limits[index]?.key ?? []));
  const known = new Set(then.profile.body.limits.map((limit) => limit.key));
  return now.profile.body.limits.flatMap(({ key }, index) => {
    const applies = known.has(key) ? held.has(key) : now.limits.includes(index);
    return applies ? [index] : [];
  });
}

function knownValue({ values }: ScoreMakings, slot: number): number | null {
  return slot < 0 ? null : (values[slot] ?? null);
}

/** Differences under a billionth of a point are float noise and no line of their own. */
function clean(points: number): number {
  return Math.abs(points) < 1e-9 ? 0 : points;
}
