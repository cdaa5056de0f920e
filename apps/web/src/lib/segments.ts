import type { SegmentList } from '@steward/shared/segments';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { request } from './api.js';

export type ListedSegment = SegmentList['segments'][number];

/** GET /segments: those that the person may see, with their size. */
export const segmentsQuery = queryOptions({
  queryKey: ['segments', 'list'],
  queryFn: async ({ signal }) => (await request<SegmentList>('GET', '/segments', { signal })).segments,
});

const NO_SEGMENTS: ListedSegment[] = [];

export function useSegments(): ListedSegment[] {
  return useQuery(segmentsQuery).data ?? NO_SEGMENTS;
}
