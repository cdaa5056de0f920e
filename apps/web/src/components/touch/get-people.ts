import type { AccountPeople } from '@steward/shared/account-plan';
import { queryOptions } from '@tanstack/react-query';
import { request } from '../../lib/api.js';

/** GET /accounts/:id/people: whom one may mention, give a task or the account to. */
export const peopleQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['account', accountId, 'people'],
    staleTime: 60_000,
    queryFn: async ({ signal }) =>
      (await request<AccountPeople>('GET', `/accounts/${accountId}/people`, { signal })).people,
  });
