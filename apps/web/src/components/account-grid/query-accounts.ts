import type { AccountPage, AccountQuery } from '@steward/shared/accounts';
import { request } from '../../lib/api.js';

/** POST /accounts/query: one block of the grid. The grid keeps its own cache, so there is no query around it. */
export function queryAccounts(query: AccountQuery, signal?: AbortSignal): Promise<AccountPage> {
  return request<AccountPage>('POST', '/accounts/query', { body: query, signal });
}
