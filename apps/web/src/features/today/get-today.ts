import type { Today, TodayScope } from '@steward/shared/today';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from '../../lib/api.js';

/** GET /today */
export const todayQuery = (scope: TodayScope) =>
  queryOptions({
    queryKey: ['today', scope],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => request<Today>('GET', '/today', { query: { scope }, signal }),
  });
