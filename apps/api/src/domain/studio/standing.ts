import type { ProfileBody } from '@steward/shared/health';
import type { HealthRules } from '../health/asked-rules.js';
import type { CompiledProfile } from '../health/profile.js';
import { profileFor } from '../health/scope.js';
import { limitsOfDay, type Scored, scoreOf, type Values } from '../health/score.js';

/** Profiles in the order in which they are tried, and where their rules stand among those that were asked. */
export interface TriedProfiles {
  profiles: readonly { body: ProfileBody; compiled: CompiledProfile }[];
  scopes: readonly number[];
  limits: HealthRules['limits'];
}

/** What is known of the day. */
export interface TriedDay {
  isConnected: (signal: string) => boolean;
  isQuiet: boolean;
}

export interface TriedScore extends Scored {
  /** Place of the profile that scores the account. */
  profile: number;
  /** As a day keeps them (`limitsOfDay`). */
  limits: number[];
}

/**
 * The score of a live account under these profiles: the same steps as the pipeline takes, so that for the published
 * profiles the stored score comes out.
 * @param holding places of the rules that hold for the account
 */
export function triedScore(
  tried: TriedProfiles,
  values: Values,
  holding: readonly number[],
  day: TriedDay,
): TriedScore {
  const place = profileFor(tried.scopes.map((rule) => holding.includes(rule)));
  const profile = tried.profiles[place];
  if (!profile) throw new RangeError('There is always a default health profile');
  const holds = tried.limits[place]!.map((rule) => holding.includes(rule));
  const limits = limitsOfDay(profile.body, holds, day.isQuiet);
  return { ...scoreOf(profile.compiled, values, day.isConnected, limits), profile: place, limits };
}
