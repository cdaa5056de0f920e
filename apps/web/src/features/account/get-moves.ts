import type { Move } from '@steward/shared/accounts';
import { queryOptions } from '@tanstack/react-query';
import { request } from '../../lib/api.js';

/** GET /accounts/:id/moves: tier and stage history, newest first. */
export const movesQuery = (id: string) =>
  queryOptions({
    queryKey: ['account', id, 'moves'],
    queryFn: ({ signal }) => request<Move[]>('GET', `/accounts/${id}/moves`, { signal }),
  });
