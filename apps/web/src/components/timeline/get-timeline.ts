import type { Timeline, TimelineKind } from '@steward/shared/timeline';
import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { request } from '../../lib/api.js';

export interface TimelineQuestion {
  accountId: string;
  /** Empty: all. */
  kinds: readonly TimelineKind[];
  text: string;
  asOf: string | undefined;
}

/** GET /accounts/:id/timeline, page by page, newest first. */
export const timelineQuery = ({ accountId, kinds, text, asOf }: TimelineQuestion) =>
  infiniteQueryOptions({
    queryKey: ['account', accountId, 'timeline', [...kinds].sort().join(','), text, asOf ?? null],
    placeholderData: keepPreviousData,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      request<Timeline>('GET', `/accounts/${accountId}/timeline`, {
        query: { kinds: kinds.length === 0 ? undefined : kinds.join(','), text, asOf, before: pageParam, limit: 60 },
        signal,
      }),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
