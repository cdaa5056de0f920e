import type { Day } from '../calendar/day.js';
import { toDay } from '../calendar/day.js';
import { randomOf } from '../sample/random.js';
import { type Observation, type Observations, ObservationsBuilder } from './observations.js';

/** Observations for specs. */

export const MONTH_ENDS: Day[] = [
  '2025-01-31',
  '2025-02-28',
  '2025-03-31',
  '2025-04-30',
  '2025-05-31',
  '2025-06-30',
  '2025-07-31',
  '2025-08-31',
  '2025-09-30',
  '2025-10-31',
  '2025-11-30',
  '2025-12-31',
].map(toDay);

export const anObservation = (overrides: Partial<Observation> = {}): Observation => ({
  account: 0,
  month: 0,
  score: 50,
  band: 'watch',
  coverage: 100,
  outcomeDay: null,
  limits: [],
  points: [],
  ...overrides,
});

const bandOf = (score: number | null): Observation['band'] => {
  if (score === null) return 'unknown';
  if (score < 31) return 'at_risk';
  return score < 71 ? 'watch' : 'healthy';
};

export function observationsOf(seen: readonly Partial<Observation>[], days: readonly Day[] = MONTH_ENDS): Observations {
  const measures = seen[0]?.points?.length ?? 0;
  const builder = new ObservationsBuilder(days, measures);
  for (const each of seen) {
    const observation = anObservation(each);
    builder.add({ ...observation, band: each.band ?? bandOf(observation.score) });
  }
  return builder.done();
}

/**
 * Accounts that churn, or do not, by what their measures say: chance = logistic(b − Σ w·x) with x the points as shares
 * of 1. Every month-end of an account is its own; measures come and go with chance.
 */
export function syntheticHistory(asked: {
  seed: string;
  accounts: number;
  weights: readonly number[];
  intercept: number;
  /** Measures beyond the weights tell nothing. */
  noise?: number;
  /** Share of values that are missing. */
  missing?: number;
}): Observations {
  const { seed, accounts, weights, intercept, noise = 0, missing = 0 } = asked;
  const builder = new ObservationsBuilder(MONTH_ENDS, weights.length + noise);
  MONTH_ENDS.forEach((day, month) => {
    for (let account = 0; account < accounts; account += 1) {
      const random = randomOf(seed, account, month);
      const shares = Array.from({ length: weights.length + noise }, () => random.next());
      const chance = 1 / (1 + Math.exp(-(intercept - weights.reduce((sum, w, j) => sum + w * shares[j]!, 0))));
      const points = shares.map((share) => (random.chance(missing) ? null : share * 100));
      const score = Math.round(shares.reduce((sum, share) => sum + share, 0) * (10_000 / shares.length)) / 100;
      const outcomeDay = random.chance(chance) ? ((day + 30) as Day) : null;
      builder.add(anObservation({ account, month, score, band: bandOf(score), outcomeDay, points }));
    }
  });
  return builder.done();
}
