import type { AccountDeals, DealBoard, DealDetail, DealList, DealStageList } from '@steward/shared/deals';
import type { AccountSubscriptions } from '@steward/shared/subscriptions';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from '../../lib/api.js';

export interface BoardQuestion {
  scope: 'mine' | 'team' | 'all';
  kind?: string;
  owner?: string;
  text?: string;
}

export interface DealQuestion extends BoardQuestion {
  state?: string;
  stage?: string;
  billed?: 'yes' | 'no';
  closeFrom?: string;
  closeTo?: string;
  order?: string;
  offset?: number;
  limit?: number;
}

/** GET /deals/board: open deals by stage. */
export const dealBoardQuery = (question: BoardQuestion) =>
  queryOptions({
    queryKey: ['deals', 'board', question],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => request<DealBoard>('GET', '/deals/board', { query: { ...question }, signal }),
  });

/** GET /deals: a page of them, and totals over all that match. */
export const dealListQuery = (question: DealQuestion) =>
  queryOptions({
    queryKey: ['deals', 'list', question],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => request<DealList>('GET', '/deals', { query: { ...question }, signal }),
  });

/** GET /accounts/:accountId/deals/:dealId: with its history. */
export const dealQuery = (accountId: string, dealId: string) =>
  queryOptions({
    queryKey: ['deals', accountId, dealId],
    queryFn: ({ signal }) =>
      request<DealDetail>('GET', `/accounts/${accountId}/deals/${encodeURIComponent(dealId)}`, { signal }),
  });

/** GET /accounts/:accountId/deals: open ones first. */
export const accountDealsQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['account', accountId, 'deals'],
    queryFn: ({ signal }) => request<AccountDeals>('GET', `/accounts/${accountId}/deals`, { signal }),
  });

/** GET /deal-stages: the columns of the board. */
export const dealStagesQuery = queryOptions({
  queryKey: ['deal-stages'],
  staleTime: 5 * 60_000,
  queryFn: ({ signal }) => request<DealStageList>('GET', '/deal-stages', { signal }),
});

/** GET /accounts/:accountId/subscriptions: the latest start first. */
export const subscriptionsQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['account', accountId, 'subscriptions'],
    queryFn: ({ signal }) => request<AccountSubscriptions>('GET', `/accounts/${accountId}/subscriptions`, { signal }),
  });
