import type { SignalEntry } from '@steward/shared/model';
import type { ProfileEntry, ProfileList } from '@steward/shared/model-versions';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { request } from '../../lib/api.js';

/** GET /health-profiles/all: in the order in which they are tried, with those that are off or were never published. */
export const profilesQuery = queryOptions({
  queryKey: ['health-profiles', 'all'],
  queryFn: async ({ signal }) => (await request<ProfileList>('GET', '/health-profiles/all', { signal })).profiles,
});

const signalsQuery = queryOptions({
  queryKey: ['signals'],
  queryFn: async ({ signal }) => (await request<{ signals: SignalEntry[] }>('GET', '/signals', { signal })).signals,
  staleTime: 60_000,
});

const NO_SIGNALS: SignalEntry[] = [];

/** All signals with what they mean, those that are no longer computed too. */
export function useSignals(): SignalEntry[] {
  return useQuery(signalsQuery).data ?? NO_SIGNALS;
}

/** Where a profile stands among those that score accounts: what is tried before it. */
export const placeAmongScoring = (profiles: readonly ProfileEntry[], id: string): number =>
  profiles
    .slice(
      0,
      profiles.findIndex((each) => each.id === id),
    )
    .filter(isScoring).length;

/** True for a profile that scores accounts today. */
export const isScoring = ({ active, published }: ProfileEntry): boolean => active && published !== null;
