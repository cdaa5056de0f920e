import type { EventCatalogue } from '@steward/shared/catalogue';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { request } from './api.js';

/** GET /catalogue/events: what events of the last 90 days are called, the most frequent first, and the features and metrics. */
const eventCatalogueQuery = queryOptions({
  queryKey: ['event-names'],
  queryFn: ({ signal }) => request<EventCatalogue>('GET', '/catalogue/events', { signal }),
  staleTime: 5 * 60_000,
});

const NOTHING_SEEN: EventCatalogue = { events: [], features: [], metrics: [], accountsRead: 0 };

export function useEventCatalogue(): EventCatalogue {
  return useQuery(eventCatalogueQuery).data ?? NOTHING_SEEN;
}
