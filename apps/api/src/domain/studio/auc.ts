import type { Estimate } from '@steward/shared/health-studio';
import { NONE, PLACES } from './observations.js';
import { wilson, Z } from './rates.js';

/** What an AUC is taken of, by observation: points (−1: none, then it is left out), outcome and account. */
export interface Ranked {
  points: Int16Array;
  hasOutcome: (at: number) => boolean;
  account: Int32Array;
  /** Account numbers lie below. */
  accounts: number;
}

/** By place: how many observations with and without the outcome, and below what share of the other kind each lies. */
interface Placements {
  withOutcome: number;
  without: number;
  auc: number;
  /** Of one with the outcome on that place: the share of those without it above, ties half. */
  above: Float64Array;
  /** Of one without the outcome on that place: the share of those with it below, ties half. */
  below: Float64Array;
}

function placementsOf({ points, hasOutcome }: Ranked): Placements | null {
  const withOutcome = new Float64Array(PLACES);
  const without = new Float64Array(PLACES);
  let events = 0;
  let others = 0;
  for (let at = 0; at < points.length; at += 1) {
    const place = points[at]!;
    if (place === NONE) continue;
    if (hasOutcome(at)) {
      withOutcome[place]! += 1;
      events += 1;
    } else {
      without[place]! += 1;
      others += 1;
    }
  }
  if (events === 0 || others === 0) return null;
  const above = new Float64Array(PLACES);
  const below = new Float64Array(PLACES);
  let eventsBelow = 0;
  let othersBelow = 0;
  let pairs = 0;
  for (let place = 0; place < PLACES; place += 1) {
    const [here, there] = [withOutcome[place]!, without[place]!];
    if (here === 0 && there === 0) continue;
    below[place] = (eventsBelow + here / 2) / events;
    above[place] = (others - othersBelow - there / 2) / others;
    pairs += there * (eventsBelow + here / 2);
    eventsBelow += here;
    othersBelow += there;
  }
  return { withOutcome: events, without: others, auc: pairs / (events * others), above, below };
}

/**
 * The chance that an observation with the outcome has fewer points than one without it, ties counted half (the area under
 * the ROC curve of low points). 0.5 tells nothing, 1 separates them, under 0.5 points the wrong way. Null: there are no
 * observations of one of the two kinds. Example: outcome at 10 and 40, none at 20 and 40 → (1 + 1 + 0 + ½) ÷ 4 = 0.625.
 */
export function aucOf(ranked: Ranked): number | null {
  return placementsOf(ranked)?.auc ?? null;
}

/** By account: how far its observations with (`events`) and without the outcome (`others`) lie from the mean placement. */
interface Residues {
  events: Float64Array;
  others: Float64Array;
  /** Observations of either kind. */
  eventCount: Int32Array;
  otherCount: Int32Array;
  withOutcome: number;
  without: number;
}

function residuesOf(ranked: Ranked, { withOutcome, without, auc, above, below }: Placements): Residues {
  const { points, hasOutcome, account, accounts } = ranked;
  const residues = {
    events: new Float64Array(accounts),
    others: new Float64Array(accounts),
    eventCount: new Int32Array(accounts),
    otherCount: new Int32Array(accounts),
    withOutcome,
    without,
  };
  for (let at = 0; at < points.length; at += 1) {
    const place = points[at]!;
    if (place === NONE) continue;
    const of = account[at]!;
    if (hasOutcome(at)) {
      residues.events[of]! += above[place]! - auc;
      residues.eventCount[of]! += 1;
    } else {
      residues.others[of]! += below[place]! - auc;
      residues.otherCount[of]! += 1;
    }
  }
  return residues;
}

/**
 * Variance of an AUC where an account is observed several times (Obuchowski 1997: DeLong's placements, summed by account):
 * S10 ÷ m + S01 ÷ n + 2 · S11 ÷ (m·n), m and n the observations with and without the outcome, S10 = i ÷ ((i − 1)·m) ·
 * Σ residue², i the accounts with such observations. With one observation an account it is DeLong's. Null: fewer than two
 * accounts of either kind, which no variance can be told from.
 */
function varianceOf({ events, others, eventCount, otherCount, withOutcome, without }: Residues): number | null {
  let [withEvents, withOthers, all] = [0, 0, 0];
  let [squaresOfEvents, squaresOfOthers, products] = [0, 0, 0];
  for (let account = 0; account < events.length; account += 1) {
    const [hasEvents, hasOthers] = [eventCount[account]! > 0, otherCount[account]! > 0];
    if (!hasEvents && !hasOthers) continue;
    all += 1;
    if (hasEvents) withEvents += 1;
    if (hasOthers) withOthers += 1;
    squaresOfEvents += events[account]! ** 2;
    squaresOfOthers += others[account]! ** 2;
    products += events[account]! * others[account]!;
  }
  if (withEvents < 2 || withOthers < 2) return null;
  const s10 = (withEvents / ((withEvents - 1) * withOutcome)) * squaresOfEvents;
  const s01 = (withOthers / ((withOthers - 1) * without)) * squaresOfOthers;
  const s11 = (all / (all - 1)) * products;
  return Math.max(0, s10 / withOutcome + s01 / without + (2 * s11) / (withOutcome * without));
}

/**
 * An AUC with its 95 % interval over accounts, taken on the logit so that it stays within [0, 1]. Where the two kinds are
 * separated wholly, the accounts with the outcome say how sure that is (Wilson). Where nothing can be said of the
 * variance, the interval is all of [0, 1]. Null: no AUC.
 */
export function aucWithInterval(ranked: Ranked): Estimate | null {
  const placements = placementsOf(ranked);
  if (placements === null) return null;
  const { auc } = placements;
  const residues = residuesOf(ranked, placements);
  const variance = varianceOf(residues);
  if (variance === null) return { value: auc, low: 0, high: 1 };
  if (variance === 0 || auc === 0 || auc === 1) {
    const accounts = residues.eventCount.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
    return wilson(auc, accounts);
  }
  const half = (Z * Math.sqrt(variance)) / (auc * (1 - auc));
  const logit = Math.log(auc / (1 - auc));
  return { value: auc, low: 1 / (1 + Math.exp(half - logit)), high: 1 / (1 + Math.exp(-half - logit)) };
}

/**
 * AUC of the second points less that of the first, over the observations that have both, with its 95 % interval: the
 * residues of the two are taken together, account by account, because the same accounts are in both. In [−1, 1]. Null: no
 * AUC, or too few accounts for an interval.
 */
export function aucDifference(first: Ranked, second: Ranked): Estimate | null {
  const [one, other] = inBoth(first, second);
  const [before, after] = [placementsOf(one), placementsOf(other)];
  if (before === null || after === null) return null;
  const [a, b] = [residuesOf(one, before), residuesOf(other, after)];
  const variance = varianceOf({
    ...b,
    events: b.events.map((residue, account) => residue - a.events[account]!),
    others: b.others.map((residue, account) => residue - a.others[account]!),
  });
  if (variance === null) return null;
  const value = after.auc - before.auc;
  const half = Z * Math.sqrt(variance);
  return { value, low: Math.max(-1, value - half), high: Math.min(1, value + half) };
}

/** The same observations on both sides: those that have points on both. */
export function inBoth(first: Ranked, second: Ranked): [Ranked, Ranked] {
  const without = (points: Int16Array, other: Int16Array) =>
    points.map((place, at) => (other[at] === NONE ? NONE : place));
  return [
    { ...first, points: without(first.points, second.points) },
    { ...second, points: without(second.points, first.points) },
  ];
}
