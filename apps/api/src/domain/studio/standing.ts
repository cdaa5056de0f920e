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

export type Scorer = (values: Values, holding: readonly number[]) => TriedScore;

/** Which profile takes an account, and its caps and floors in force: they follow from the rules that hold. */
interface Taken {
  place: number;
  compiled: CompiledProfile;
  limits: number[];
}

/**
 * The score of a live account under these profiles: the same steps as the pipeline takes, so that for the published
 * profiles the stored score comes out. What holds for one account holds for many: it is worked out once for each list of
 * `holding`, the places of the rules that hold, as long as the list is the same object.
 */
export function scorerOf(tried: TriedProfiles, day: TriedDay): Scorer {
  const known = new WeakMap<readonly number[], Taken>();
  return (values, holding) => {
    let taken = known.get(holding);
    if (taken === undefined) {
      taken = takenBy(tried, holding, day);
      known.set(holding, taken);
    }
    const { place, compiled, limits } = taken;
    return { ...scoreOf(compiled, values, day.isConnected, limits), profile: place, limits };
  };
}

function takenBy(tried: TriedProfiles, holding: readonly number[], day: TriedDay): Taken {
  const place = profileFor(tried.scopes.map((rule) => holding.includes(rule)));
  const profile = tried.profiles[place];
  if (!profile) throw new RangeError('There is always a default health profile');
  const holds = tried.limits[place]!.map((rule) => holding.includes(rule));
  return { place, compiled: profile.compiled, limits: limitsOfDay(profile.body, holds, day.isQuiet) };
}
