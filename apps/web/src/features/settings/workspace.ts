import type { UpdateWorkspace, Workspace } from '@steward/shared/workspace';
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { toast } from '../../components/ui/toast.js';
import { request } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';
import { askAgainAfterConflict } from './ask-again-after-conflict.js';

/** GET /workspace */
export const workspaceQuery = queryOptions({
  queryKey: ['workspace'],
  queryFn: ({ signal }) => request<Workspace>('GET', '/workspace', { signal }),
});

/** PATCH /workspace. Day, currency and numbers change what every screen shows, so all of it is asked again. */
export function useUpdateWorkspace() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (change: UpdateWorkspace) => request<Workspace>('PATCH', '/workspace', { body: change }),
    onSuccess: async () => {
      toast('Workspace saved');
      await queryClient.invalidateQueries();
    },
    onError: (error) => askAgainAfterConflict(queryClient, error, workspaceQuery.queryKey),
  });
}
