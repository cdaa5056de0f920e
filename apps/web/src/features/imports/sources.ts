import type { SourceList, UpdateSource } from '@steward/shared/import-api';
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { toastError } from '../../components/ui/toast.js';
import { request } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';

/** GET /sources: every feed with how fresh it is. */
export const sourcesQuery = queryOptions({
  queryKey: ['sources'],
  queryFn: async ({ signal }) => (await request<SourceList>('GET', '/sources', { signal })).sources,
});

/** PATCH /sources: whether silence about an account means none, or not known. */
export function useUpdateSource() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (change: UpdateSource) => request<unknown>('PATCH', '/sources', { body: change }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['sources'] }),
    onError: (error) => toastError('The source was not changed', error),
  });
}
