import type { TierSetBody } from '@steward/shared/tiers';
import type { Day } from '../calendar/day.js';

/** A tier set by a person from its first to its last day (null = until a person ends it). */
export interface TierOverrideOnAccount {
  tier: string;
  from: Day;
  until: Day | null;
}

export interface TierOfDay {
  tier: string;
  rawTier: string;
  /** Why the account has this tier: a rule, or a person. */
  reason: 'rule' | 'person';
}

/**
 * The raw tier of a day: the first tier whose rule holds; the last tier is the fallback. `holds[i]` tells whether the
 * rule of the i-th tier holds (the fallback's is never read).
 */
export function rawTierOf(body: TierSetBody, holds: readonly boolean[]): string {
  const last = body.tiers.length - 1;
  const index = body.tiers.findIndex((_, i) => i === last || holds[i] === true);
  const tier = body.tiers[index];
  if (!tier) throw new RangeError('A tier set has at least one tier');
  return tier.key;
}

/**
 * The tier of a day: the best raw tier of the `holdDays` days ending on it, so that an account rises at once and falls
 * only when nothing better was true for that long. `rawTierRing` holds the raw tiers of the days before, oldest first;
 * days without one and tiers that no longer exist do not count. A person's tier wins while it lasts and still exists.
 */
export function tierOfDay(
  body: TierSetBody,
  rawTier: string,
  rawTierRing: readonly (string | null)[],
  override: TierOverrideOnAccount | null,
  day: Day,
): TierOfDay {
  if (override && isInForce(override, day) && body.tiers.some((tier) => tier.key === override.tier)) {
    return { tier: override.tier, rawTier, reason: 'person' };
  }
  const before = body.holdDays > 1 ? rawTierRing.slice(1 - body.holdDays) : [];
  const held = new Set([...before, rawTier]);
  const best = body.tiers.find((tier) => held.has(tier.key));
  return { tier: best?.key ?? rawTier, rawTier, reason: 'rule' };
}

export function isInForce(override: TierOverrideOnAccount, day: Day): boolean {
  return override.from <= day && (override.until === null || day <= override.until);
}

/** Touch cadence in days by tier key, as signals need it. */
export function cadenceDaysByTier(body: TierSetBody): Record<string, number | null> {
  return Object.fromEntries(body.tiers.map((tier) => [tier.key, tier.cadenceDays]));
}
