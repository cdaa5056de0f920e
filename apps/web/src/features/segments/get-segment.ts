import type {
  ExclusionList,
  SegmentEvents,
  SegmentMembers,
  SegmentSizes,
  segmentDetailSchema,
} from '@steward/shared/segments';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { request } from '../../lib/api.js';

export type SegmentDetail = z.infer<typeof segmentDetailSchema>;

/** GET /segments/:id */
export const segmentQuery = (id: string) =>
  queryOptions({
    queryKey: ['segments', id, 'detail'],
    queryFn: ({ signal }) => request<SegmentDetail>('GET', `/segments/${id}`, { signal }),
  });

/** GET /segments/:id/exclusions: who is kept out by hand, as of today. */
export const exclusionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['segments', id, 'exclusions'],
    queryFn: async ({ signal }) =>
      (await request<ExclusionList>('GET', `/segments/${id}/exclusions`, { signal })).exclusions,
  });

export const EVENTS_AT_ONCE = 50;

/** GET /segments/:id/events: who came and went, newest first. */
export const segmentEventsQuery = (id: string, kind: 'entered' | 'left' | undefined, offset: number) =>
  queryOptions({
    queryKey: ['segments', id, 'events', kind ?? 'both', offset],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      request<SegmentEvents>('GET', `/segments/${id}/events`, {
        query: { kind, offset, limit: EVENTS_AT_ONCE },
        signal,
      }),
  });

/** GET /segments/:id/sizes: members and their ARR at the close of each day. */
export const segmentSizesQuery = (id: string, from: string) =>
  queryOptions({
    queryKey: ['segments', id, 'sizes', from],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) =>
      (await request<SegmentSizes>('GET', `/segments/${id}/sizes`, { query: { from }, signal })).sizes,
  });

export const MEMBERS_AT_ONCE = 100;

/** GET /segments/:id/members: of a segment of contacts, each with its account. */
export const contactMembersQuery = (id: string, offset: number) =>
  queryOptions({
    queryKey: ['segments', id, 'members', offset],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      request<SegmentMembers>('GET', `/segments/${id}/members`, { query: { offset, limit: MEMBERS_AT_ONCE }, signal }),
  });
