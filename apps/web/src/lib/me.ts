import type { Me } from '@steward/shared/access';
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { request } from './api.js';

/** GET /me: who is signed in, the workspace, and what the person may do. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => request<Me>('GET', '/me', { signal }),
  staleTime: 5 * 60_000,
});

export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

export function useCurrency(): string {
  return useMe().workspace.currency;
}

/** Owners, as the filter of the account list names them, whose accounts are "mine": oneself and whom one stands in for. */
export const ownersOfMine = ({ standsInFor }: Pick<Me, 'standsInFor'>): string[] => [
  'me',
  ...standsInFor.map(({ userId }) => userId),
];
