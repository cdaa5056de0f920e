import type { ProfileBody } from '@steward/shared/health';
import { compileProfile } from '../health/profile.js';
import { scoreOf } from '../health/score.js';
import { NONE, type Observations } from './observations.js';
import type { Steps } from './steps.js';

/** What a score of an observation is made of, beside its points. */
export interface Rescoring {
  body: ProfileBody;
  /** By month-end: the signals whose inputs had been delivered by then. */
  connected: readonly ReadonlySet<string>[];
}

/** Scores that are made in one go. */
const AT_A_TIME = 5_000;
const AS_IT_IS = { kind: 'linear', from: 0, to: 100 } as const;

/**
 * Scores of observations under a profile whose measures are those of the observations, in their order: from the points
 * that they keep, with the caps and floors that held. Whole hundredths; −1: unknown.
 */
export function* rescored(of: Observations, { body, connected }: Rescoring): Steps<Int16Array> {
  const signals = body.groups.flatMap((group) => group.measures.map((measure) => measure.signal));
  const groups = body.groups.map((group) => ({
    ...group,
    measures: group.measures.map((measure) => ({ ...measure, normalizer: AS_IT_IS })),
  }));
  const profile = compileProfile({ ...body, groups }, (signal) => signals.indexOf(signal));
  const scores = new Int16Array(of.size);
  const values: (number | null)[] = signals.map(() => null);
  const isConnected = connected.map((known) => (signal: string) => known.has(signal));
  for (let at = 0; at < of.size; at += 1) {
    if (at % AT_A_TIME === 0) yield;
    for (let j = 0; j < signals.length; j += 1) {
      const points = of.measures[j]![at]!;
      values[j] = points === NONE ? null : points / 100;
    }
    const { score } = scoreOf(profile, values, isConnected[of.month[at]!]!, limitsOf(of.limits[at]!));
    scores[at] = score === null ? NONE : Math.round(score * 100);
  }
  return scores;
}

function limitsOf(bits: number): number[] {
  if (bits === 0) return [];
  const limits: number[] = [];
  for (let limit = 0; limit < 31; limit += 1) if ((bits >> limit) & 1) limits.push(limit);
  return limits;
}
