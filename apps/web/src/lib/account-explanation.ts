import type { AccountExplanation } from '@steward/shared/health';
import { queryOptions } from '@tanstack/react-query';
import { request } from './api.js';

/** GET /accounts/:id/explanation: why the score of a day is what it is. */
export const accountExplanationQuery = (id: string, asOf: string | undefined) =>
  queryOptions({
    queryKey: ['account', id, 'explanation', asOf ?? null],
    queryFn: ({ signal }) =>
      request<AccountExplanation>('GET', `/accounts/${id}/explanation`, { query: { asOf }, signal }),
  });
