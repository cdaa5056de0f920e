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

/** What one account has of a share: so many of so many. */
export interface Clustered {
  events: number;
  observations: number;
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
export function clusteredRate(accounts: Iterable<Clustered>): ClusteredRate {
  const list = [...accounts].filter(({ observations }) => observations > 0);
  const observations = list.reduce((sum, each) => sum + each.observations, 0);
  const events = list.reduce((sum, each) => sum + each.events, 0);
  if (observations === 0) return { observations, accounts: 0, events, rate: null };
  const share = events / observations;
  const residues = list.reduce((sum, each) => sum + (each.events - share * each.observations) ** 2, 0);
  const worth = residues > 0 ? (share * (1 - share) * observations ** 2) / residues : list.length;
  return {
    observations,
    accounts: list.length,
    events,
    rate: wilson(share, Math.max(1, Math.min(observations, worth))),
  };
}
