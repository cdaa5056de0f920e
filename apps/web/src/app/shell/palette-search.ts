import type { AccountPage, AccountQuery } from '@steward/shared/accounts';
import { queryOptions } from '@tanstack/react-query';
import { request } from '../../lib/api.js';

/** POST /accounts/query: the accounts whose name, id or domain match what is typed. */
export const paletteSearchQuery = (text: string) =>
  queryOptions({
    queryKey: ['palette', text],
    enabled: text.length > 0,
    queryFn: ({ signal }) => {
      const body: AccountQuery = { text, limit: 8, sort: [{ field: 'account.arr', direction: 'desc' }] };
      return request<AccountPage>('POST', '/accounts/query', { body, signal });
    },
  });
