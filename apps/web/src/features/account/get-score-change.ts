import type { ScoreChange } from '@steward/shared/health';
import { queryOptions } from '@tanstack/react-query';
import { request } from '../../lib/api.js';

/** GET /accounts/:id/changes?from=&to=: what moved the score between two days; the points add up exactly. */
export const scoreChangeQuery = (id: string, from: string, to: string) =>
  queryOptions({
    queryKey: ['account', id, 'changes', from, to],
    queryFn: ({ signal }) => request<ScoreChange>('GET', `/accounts/${id}/changes`, { query: { from, to }, signal }),
  });
