import type { PublishedProfiles } from '@steward/shared/model';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { request } from './api.js';

/** GET /health-profiles: as they are published, for the names of caps, the borders of bands and what each measures. */
export const healthProfilesQuery = queryOptions({
  queryKey: ['health-profiles'],
  queryFn: ({ signal }) => request<PublishedProfiles>('GET', '/health-profiles', { signal }),
  staleTime: 5 * 60_000,
});

/** Why a cap or floor holds, by its key. */
export function useLimitReasons(): ReadonlyMap<string, string> {
  const { data } = useQuery(healthProfilesQuery);
  return new Map(data?.profiles.flatMap(({ body }) => body.limits.map(({ key, reason }) => [key, reason] as const)));
}

/** Where watch and healthy begin, by the default profile; null until it is known. */
export function useBandBorders(): { watchFrom: number; healthyFrom: number } | null {
  const { data } = useQuery(healthProfilesQuery);
  return data?.profiles.find(({ isDefault }) => isDefault)?.body.bands ?? null;
}
