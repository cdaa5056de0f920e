import type { Series } from '@steward/shared/accounts';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from '../../lib/api.js';

/** GET /accounts/:id/series: daily values from snapshots. */
export const seriesQuery = (id: string, fields: readonly string[], from: string, to: string) =>
  queryOptions({
    queryKey: ['account', id, 'series', fields, from, to],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      request<Series>('GET', `/accounts/${id}/series`, { query: { fields: fields.join(','), from, to }, signal }),
  });
