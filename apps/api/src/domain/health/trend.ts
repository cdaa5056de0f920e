import type { Trend } from '@steward/shared/common';
import { toHundredths } from './points.js';

export const TREND_DAYS = 30;
const MIN_SCORES = 14;
const FLAT_POINTS = 3;

/**
 * Sign of the least-squares slope of the last 30 daily scores, oldest first, null where there was none; a move of the
 * line by less than 3 points over 30 days is flat. Null: fewer than 14 scores. The scores are comparable ones
 * (`comparableScores`), so that a new profile version is no trend.
 */
export function trendOf(scores: readonly (number | null)[]): Trend | null {
  const first = Math.max(0, scores.length - TREND_DAYS);
  let count = 0;
  let sumX = 0;
  let sumScore = 0;
  for (let x = first; x < scores.length; x += 1) {
    const score = scores[x] ?? null;
    if (score === null) continue;
    count += 1;
    sumX += x;
    sumScore += score;
  }
  if (count < MIN_SCORES) return null;
  const meanX = sumX / count;
  const meanScore = sumScore / count;
  let products = 0;
  let squares = 0;
  for (let x = first; x < scores.length; x += 1) {
    const score = scores[x] ?? null;
    if (score === null) continue;
    products += (x - meanX) * (score - meanScore);
    squares += (x - meanX) ** 2;
  }
  const move = (products / squares) * TREND_DAYS;
  if (Math.abs(move) < FLAT_POINTS) return 'flat';
  return move > 0 ? 'up' : 'down';
}

/**
 * Daily scores as they would stand under the model of the last day: each score plus the model changes of all later
 * days. Oldest first; `modelChanges[i]` is the model's part of the change into day i. In points with two decimals.
 */
export function comparableScores(
  scores: readonly (number | null)[],
  modelChanges: readonly number[],
): (number | null)[] {
  let shift = 0;
  const comparable = new Array<number | null>(scores.length);
  for (let i = scores.length - 1; i >= 0; i -= 1) {
    const score = scores[i] ?? null;
    comparable[i] = score === null ? null : (toHundredths(score) + shift) / 100;
    shift += toHundredths(modelChanges[i] ?? 0);
  }
  return comparable;
}
