import type { Estimate } from '@steward/shared/health-studio';

/** The normal distribution's 97.5 % point: intervals hold 95 %. */
export const Z = 1.959_963_984_540_054;

/**
 * Wilson's interval of a share: (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) ÷ (1 + z²/n), within [0, 1] (Wilson 1927). It does
 * not collapse at 0 or 1, and is right for few observations. Example: 2 of 10 → 0.2 (0.057–0.510).
 * @param n how many observations the share is worth, above 0; need not be whole
 */
export function wilson(share: number, n: number): Estimate {
  const z2 = (Z * Z) / n;
  const middle = (share + z2 / 2) / (1 + z2);
  const half = (Z * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n))) / (1 + z2);
  return {
    value: share,
    low: Math.max(0, Math.min(share, middle - half)),
    high: Math.min(1, Math.max(share, middle + half)),
  };
}

/** What the accounts have of a share, by the number of the account: so many of so many. */
export interface Clustered {
  events: ArrayLike<number>;
  observations: ArrayLike<number>;
}

export interface ClusteredRate {
  observations: number;
  accounts: number;
  events: number;
  /** Null: no observations. */
  rate: Estimate | null;
}

/**
 * events ÷ observations with Wilson's interval, where an account may be observed several times. Its observations are
 * alike, so the share is worth fewer of them: p(1 − p) ÷ Var, Var = Σ (events of an account − p · its observations)² ÷ n²
 * (the ratio estimate's variance by clusters), at most n. At 0 and 1, where Var says nothing, each account counts once.
 * Accounts that are observed once each give the plain interval.
 */
export function clusteredRate(by: Clustered): ClusteredRate {
  let [observations, events, accounts] = [0, 0, 0];
  for (let account = 0; account < by.observations.length; account += 1) {
    if (by.observations[account] === 0) continue;
    accounts += 1;
    observations += by.observations[account]!;
    events += by.events[account]!;
  }
  if (observations === 0) return { observations, accounts, events, rate: null };
  const share = events / observations;
  let residues = 0;
  for (let account = 0; account < by.observations.length; account += 1) {
    residues += (by.events[account]! - share * by.observations[account]!) ** 2;
  }
  const worth = residues > 0 ? (share * (1 - share) * observations ** 2) / residues : accounts;
  return {
    observations,
    accounts,
    events,
    rate: wilson(share, Math.max(1, Math.min(observations, worth))),
  };
}
