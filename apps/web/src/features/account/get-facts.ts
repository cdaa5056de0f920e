import type { FactList, FactPage } from '@steward/shared/accounts';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from '../../lib/api.js';

export const FACTS_A_PAGE = 50;

/** GET /accounts/:id/facts/:kind: what is known of the account, newest first, nothing dated after the day. */
export const factsQuery = (id: string, kind: FactList, asOf: string | undefined, page: number) =>
  queryOptions({
    queryKey: ['account', id, 'facts', kind, asOf ?? null, page],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      request<FactPage>('GET', `/accounts/${id}/facts/${kind}`, {
        query: { asOf, offset: page * FACTS_A_PAGE, limit: FACTS_A_PAGE },
        signal,
      }),
  });
