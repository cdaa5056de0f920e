import type { ReportContent } from '@steward/shared/report-schedules';
import type { View } from '@steward/shared/views';
import { useQuery } from '@tanstack/react-query';
import { request } from '../../lib/api.js';
import { useSegments } from '../../lib/segments.js';
import { contentWords } from './schedule-words.js';

/** What is in a report, in words, with the names of its view and segment. */
export function useContentWords(): (content: ReportContent) => string {
  const segments = useSegments();
  const { data: views } = useQuery({
    queryKey: ['views', 'names'],
    queryFn: async ({ signal }) => (await request<{ views: View[] }>('GET', '/views', { signal })).views,
  });
  return (content) =>
    contentWords(content, {
      view: (id) => views?.find((view) => view.id === id)?.name,
      segment: (id) => segments.find((segment) => segment.id === id)?.name,
    });
}
