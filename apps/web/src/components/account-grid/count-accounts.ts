import type { AccountCount, AccountQuery } from '@steward/shared/accounts';
import type { ReportPart } from '@steward/shared/report-parts';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { request } from '../../lib/api.js';

export type AccountQuestion = Pick<AccountQuery, 'rule' | 'text' | 'asOf'> & {
  /** What a figure of a report asks besides its rule; absent where there is none. */
  parts?: ReportPart[];
};

/** POST /accounts/count: how many match, their ARR, and how they spread over the bands. */
export const accountCountQuery = (question: AccountQuestion) =>
  queryOptions({
    queryKey: ['accounts', 'count', question],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => request<AccountCount>('POST', '/accounts/count', { body: question, signal }),
  });

export function useAccountCount(question: AccountQuestion) {
  return useQuery(accountCountQuery(question));
}
