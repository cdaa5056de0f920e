import type { ReportOptions } from '@steward/shared/report-filters';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from '../../lib/api.js';
import { queryOf, type ReportQuestion } from './report-search.js';

const PREPARING_MS = 5_000;

/** GET /reports/options: what the filters can be set to. */
export const reportOptionsQuery = queryOptions({
  queryKey: ['reports', 'options'],
  queryFn: ({ signal }) => request<ReportOptions>('GET', '/reports/options', { signal }),
  staleTime: 60_000,
});

/**
 * GET /reports/<path>: an answer to the filters of the page. What stands there stays until the next answer comes, and is
 * asked for again while months are being prepared.
 */
export function reportQuery<T extends object>(
  path: string,
  question: ReportQuestion,
  more: Record<string, string | undefined> = {},
) {
  const query = { ...queryOf(question), ...more };
  return queryOptions({
    queryKey: ['reports', path, query],
    queryFn: ({ signal }) => request<T>('GET', `/reports/${path}`, { query, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (isPreparing(state.data) ? PREPARING_MS : false),
  });
}

const isPreparing = (answer: object | undefined): boolean =>
  answer !== undefined && 'preparing' in answer && answer.preparing === true;
