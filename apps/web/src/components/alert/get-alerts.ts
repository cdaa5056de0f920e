import type { AlertDetail, AlertInbox } from '@steward/shared/alerts';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from '../../lib/api.js';

export interface InboxQuestion {
  scope: 'mine' | 'team' | 'all';
  state?: string;
  kind?: string;
  severity?: string;
  ruleId?: string;
  text?: string;
  offset?: number;
  limit?: number;
}

/** GET /alerts: one row an account, the most severe first, then the largest ARR. */
export const inboxQuery = (question: InboxQuestion) =>
  queryOptions({
    queryKey: ['alerts', 'inbox', question],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => request<AlertInbox>('GET', '/alerts', { query: { ...question }, signal }),
  });

/** GET /alerts/:accountId/:id: with its history. */
export const alertQuery = (accountId: string, id: string) =>
  queryOptions({
    queryKey: ['alerts', accountId, id],
    queryFn: ({ signal }) => request<AlertDetail>('GET', `/alerts/${accountId}/${id}`, { signal }),
  });
