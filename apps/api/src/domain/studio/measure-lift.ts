import type { Estimate } from '@steward/shared/health-studio';
import { aucWithInterval } from './auc.js';
import { hasOutcome, NONE, type Observations } from './observations.js';
import type { ClusteredRate } from './rates.js';
import { countsOf, outcomeRate } from './rates-of.js';
import type { Steps } from './steps.js';

/** What one measure alone tells of the outcome. */
export interface MeasureLift {
  /** Share of the observations with a value; null: no observations. */
  known: number | null;
  auc: Estimate | null;
  bottom: ClusteredRate | null;
  top: ClusteredRate | null;
  lift: number | null;
  /** All values give the same points: nothing to compare. */
  isConstant: boolean;
}

/** Accounts with the fewest and the most points: a fifth each. */
const TAIL = 0.2;

/**
 * A measure on its own: its AUC (above 0.5 where fewer points come before the outcome), and the outcome's rate among the
 * observations with the fewest and with the most points, a fifth each. Equal points stay together: those with the most
 * come first, and the fewest never hold what is among the most. Lift = rate with the fewest ÷ rate with the most; null
 * where the latter is 0. Example: 12 % churn in the lowest fifth, 3 % in the highest → 4.
 */
export function* measureLift(of: Observations, measure: number): Steps<MeasureLift> {
  const points = of.measures[measure] ?? new Int16Array(0);
  const counts = countsOf(points);
  const known = counts.reduce((sum, { count }) => sum + count, 0);
  const nothing = { auc: null, bottom: null, top: null, lift: null };
  const share = of.size === 0 ? null : known / of.size;
  if (counts.length <= 1) return { known: share, ...nothing, isConstant: known > 0 };
  const { highest, lowest } = tailsOf(counts, known);
  yield;
  const top = outcomeRate(of, (at) => points[at]! >= highest);
  yield;
  const bottom = outcomeRate(of, (at) => points[at] !== NONE && points[at]! <= lowest);
  yield;
  const { account, accounts } = of;
  const auc = aucWithInterval({ points, hasOutcome: (at) => hasOutcome(of, at), account, accounts });
  yield;
  return {
    known: share,
    auc,
    bottom,
    top,
    lift: top.rate === null || bottom.rate === null || top.events === 0 ? null : bottom.rate.value / top.rate.value,
    isConstant: false,
  };
}

/** From `highest` up lies a fifth or more, and up to `lowest` likewise, below `highest`. Of two different points at least. */
function tailsOf(counts: ReturnType<typeof countsOf>, all: number): { highest: number; lowest: number } {
  const wanted = all * TAIL;
  let at = counts.length - 1;
  for (let held = counts[at]!.count; held < wanted && at > 1; held += counts[at]!.count) at -= 1;
  const highest = counts[at]!.place;
  let from = 0;
  for (let held = counts[0]!.count; held < wanted && from + 1 < at; held += counts[from]!.count) from += 1;
  return { highest, lowest: counts[from]!.place };
}
