/** How much the figures of a playbook say: intervals that hold the true value 95 times out of 100. */

/** Of the normal distribution: 95 % lie within so many standard deviations. */
const Z = 1.959963984540054;
const CONFIDENCE = 0.95;
/** From here on the t distribution is the normal one with a small correction (exact to six digits). */
const MANY_DEGREES = 200;

export type Interval = [number, number];

/**
 * Wilson's score interval of a share, within 0–1: (p̂ + z²/2n ± z·√(p̂(1 − p̂)/n + z²/4n²)) ÷ (1 + z²/n). 8 of 10 →
 * [0.490, 0.943]; 0 of 10 → [0, 0.278]. Unlike the plain interval it never leaves 0–1 and is honest for small n. Null
 * without any. Source: Wilson, “Probable inference”, JASA 22 (1927).
 */
export function wilsonInterval(successes: number, of: number): Interval | null {
  if (of === 0) return null;
  const share = successes / of;
  const square = Z ** 2;
  const middle = share + square / (2 * of);
  const half = Z * Math.sqrt((share * (1 - share)) / of + square / (4 * of ** 2));
  const whole = 1 + square / of;
  return [Math.max(0, (middle - half) / whole), Math.min(1, (middle + half) / whole)];
}

/** What is known of a group: how many values, their mean, and their variance with n − 1. */
export interface Sample {
  n: number;
  mean: number;
  variance: number;
}

/**
 * The difference of two means, a − b, and its interval by Welch, who takes the groups' variances as different:
 * ± t·√(s²a/na + s²b/nb), t with (s²a/na + s²b/nb)² ÷ ((s²a/na)²/(na − 1) + (s²b/nb)²/(nb − 1)) degrees of freedom,
 * rounded down. {10, mean 5, variance 4} against {10, mean 3, variance 4} → 2 [0.12, 3.88]. Null with fewer than two
 * values in a group. Source: Welch, Biometrika 34 (1947).
 */
export function welchDifference(a: Sample, b: Sample): { points: number; interval: Interval } | null {
  if (a.n < 2 || b.n < 2) return null;
  const points = a.mean - b.mean;
  const [ofA, ofB] = [a.variance / a.n, b.variance / b.n];
  const square = ofA + ofB;
  if (square === 0) return { points, interval: [points, points] };
  const degrees = square ** 2 / (ofA ** 2 / (a.n - 1) + ofB ** 2 / (b.n - 1));
  const half = tQuantile(Math.max(1, Math.floor(degrees))) * Math.sqrt(square);
  return { points, interval: [points - half, points + half] };
}

/** The t that 95 % of Student's distribution lie within, for whole degrees of freedom: 1 → 12.706, 10 → 2.228. */
export function tQuantile(degrees: number): number {
  if (degrees > MANY_DEGREES) return Z + (Z ** 3 + Z) / (4 * degrees);
  let [low, high] = [0, 20];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (shareWithin(middle, degrees) < CONFIDENCE) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(|T| ≤ t) as the finite sum that it is for whole degrees of freedom (Abramowitz & Stegun 26.7.3 and 26.7.4). */
function shareWithin(t: number, degrees: number): number {
  const angle = Math.atan(t / Math.sqrt(degrees));
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const isOdd = degrees % 2 === 1;
  let term = isOdd ? cosine : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let k = isOdd ? 3 : 2; k <= degrees - 2; k += 2) {
    term *= ((k - 1) / k) * cosine ** 2;
    sum += term;
  }
  return isOdd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum;
}
