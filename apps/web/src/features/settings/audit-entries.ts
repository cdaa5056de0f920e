import type { AuditPage } from '@steward/shared/access';
import { infiniteQueryOptions } from '@tanstack/react-query';
import { request } from '../../lib/api.js';

/** GET /audit: newest first, a page at a time. */
export const auditQuery = infiniteQueryOptions({
  queryKey: ['audit'],
  initialPageParam: null as string | null,
  queryFn: ({ pageParam, signal }) => request<AuditPage>('GET', '/audit', { query: { before: pageParam }, signal }),
  getNextPageParam: (page) => (page.hasMore ? (page.entries.at(-1)?.id ?? null) : null),
});
