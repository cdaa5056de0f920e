import type { AccountDetail } from '@steward/shared/accounts';
import { queryOptions } from '@tanstack/react-query';
import { request } from './api.js';

/** GET /accounts/:id: one account as of a day; without a day, as it is now. */
export const accountDetailQuery = (id: string, asOf: string | undefined) =>
  queryOptions({
    queryKey: ['account', id, 'detail', asOf ?? null],
    queryFn: ({ signal }) => request<AccountDetail>('GET', `/accounts/${id}`, { query: { asOf }, signal }),
  });
