import type { ChurnReasonList, LeavingState } from '@steward/shared/leaving';
import type { AccountRenewals, RenewalList } from '@steward/shared/renewals';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from '../../lib/api.js';

export interface RenewalQuestion {
  scope: 'mine' | 'team' | 'all';
  from?: string;
  to?: string;
  state?: string;
  category?: string;
  band?: string;
  tier?: string;
  owner?: string;
  missing?: 'forecast' | 'touch';
  text?: string;
  offset?: number;
  limit?: number;
}

/** GET /renewals: overdue ones on top, then by due date; totals over all that match. */
export const renewalListQuery = (question: RenewalQuestion) =>
  queryOptions({
    queryKey: ['renewals', 'list', question],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => request<RenewalList>('GET', '/renewals', { query: { ...question }, signal }),
  });

/** GET /accounts/:accountId/renewals: the latest due date first. */
export const accountRenewalsQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['account', accountId, 'renewals'],
    queryFn: ({ signal }) => request<AccountRenewals>('GET', `/accounts/${accountId}/renewals`, { signal }),
  });

/** GET /churn-reasons */
export const churnReasonsQuery = queryOptions({
  queryKey: ['churn-reasons'],
  staleTime: 5 * 60_000,
  queryFn: ({ signal }) => request<ChurnReasonList>('GET', '/churn-reasons', { signal }),
});

/** GET /accounts/:accountId/leaving: how it stands with notice and churn. */
export const leavingQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['account', accountId, 'leaving'],
    queryFn: ({ signal }) => request<LeavingState>('GET', `/accounts/${accountId}/leaving`, { signal }),
  });
