import type { Series } from '@steward/shared/accounts';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from '../../../lib/api.js';

/** GET /accounts/:id/series: the values of signals on the last days, for the example of a reason. */
export const exampleSeriesQuery = (id: string, fields: readonly string[], from: string, to: string) =>
  queryOptions({
    queryKey: ['alert-rules', 'example', id, fields, from, to],
    enabled: fields.length > 0,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      request<Series>('GET', `/accounts/${id}/series`, { query: { fields: fields.join(','), from, to }, signal }),
  });
