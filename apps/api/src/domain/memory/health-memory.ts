import type { Trend } from '@steward/shared/common';
import { toHundredths } from '../health/points.js';
import { comparableScores, trendOf } from '../health/trend.js';
import type { Opening } from './memory.js';

/**
 * The last 31 daily scores (30 closed days and today), oldest first, as they would stand under today's model: what
 * `health.change`, "score fell by" and the trend compare.
 */
export function comparableRing(opening: Opening, score: number | null, modelChange: number): (number | null)[] {
  const scores = [...opening.scoreRing, score];
  const { modelChangeRing } = opening;
  // The model mostly stands still: then the scores are comparable as they are.
  if (modelChange === 0 && modelChangeRing.every((points) => points === 0)) return scores;
  return comparableScores(scores, [...modelChangeRing, modelChange]);
}

/**
 * Change of the score over n days (at most 30) without the part that model changes made. Points with two decimals.
 * Null: no score today or n days ago.
 */
export function healthChangeOver(ring: readonly (number | null)[], days: number): number | null {
  const now = ring.at(-1) ?? null;
  const then = ring.at(-1 - days) ?? null;
  return now === null || then === null ? null : (toHundredths(now) - toHundredths(then)) / 100;
}

/** The trend as of today: today's score and the 29 before. */
export function trendOfRing(ring: readonly (number | null)[]): Trend | null {
  return trendOf(ring);
}
