/** Score points are kept in whole hundredths wherever they must add up. */

/** Float noise that rounding forgives: a sum that should be 70.125 may come out as 70.12499999999999. */
const NOISE = 1e-7;

/** Points → whole hundredths, half up. */
export function toHundredths(points: number): number {
  return Math.floor(points * 100 + 0.5 + NOISE);
}

/** A score rounded half up to 0.01. */
export function roundScore(points: number): number {
  return toHundredths(points) / 100;
}

/**
 * Whole hundredths for each part that add up exactly to `total` (in hundredths). Every part is rounded half up; what is
 * then missing or too much is given one hundredth at a time to the parts whose rounding went furthest the other way,
 * earlier parts first on a tie. Parts of exactly 0 stay 0 unless all are.
 */
export function apportion(parts: readonly number[], total: number): number[] {
  const rounded = parts.map((part) => (part === 0 ? 0 : toHundredths(part)));
  const residue = total - rounded.reduce((sum, part) => sum + part, 0);
  const step = Math.sign(residue);
  const order = parts
    .map((part, index) => ({ index, owed: (part * 100 - rounded[index]!) * step, isZero: part === 0 }))
    .filter(({ isZero }, _, list) => !isZero || list.every((each) => each.isZero))
    .sort((a, b) => b.owed - a.owed || a.index - b.index);
  for (let left = Math.abs(residue), i = 0; left > 0 && order.length > 0; left -= 1, i += 1) {
    rounded[order[i % order.length]!.index]! += step;
  }
  return rounded;
}
