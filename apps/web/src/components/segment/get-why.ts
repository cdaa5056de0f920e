import type { SegmentWhy } from '@steward/shared/segments';
import { queryOptions } from '@tanstack/react-query';
import { request } from '../../lib/api.js';

/** GET /segments/:id/why/:accountId: the rule as it stands now over the account, condition by condition. */
export const segmentWhyQuery = (segmentId: string, accountId: string) =>
  queryOptions({
    queryKey: ['segments', segmentId, 'why', accountId],
    queryFn: ({ signal }) => request<SegmentWhy>('GET', `/segments/${segmentId}/why/${accountId}`, { signal }),
  });
