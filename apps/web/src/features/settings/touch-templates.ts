import type { CreateTouchTemplate, TouchTemplate } from '@steward/shared/touch-templates';
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { toast, toastError } from '../../components/ui/toast.js';
import { request } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';

/** GET /touch-templates: one's own and the shared ones. */
export const touchTemplatesQuery = queryOptions({
  queryKey: ['touch-templates'],
  queryFn: async ({ signal }) =>
    (await request<{ templates: TouchTemplate[] }>('GET', '/touch-templates', { signal })).templates,
});

function useAgain() {
  const queryClient = useQueryClient();
  return () =>
    Promise.all([['touch-templates'], ['account']].map((queryKey) => queryClient.invalidateQueries({ queryKey })));
}

/** POST /touch-templates, or PATCH of one that there is. */
export function useSaveTemplate() {
  const again = useAgain();
  return useMutation({
    mutationFn: ({ before, said }: { before: TouchTemplate | null; said: CreateTouchTemplate }) =>
      before === null
        ? request<TouchTemplate>('POST', '/touch-templates', { body: said })
        : request<TouchTemplate>('PATCH', `/touch-templates/${before.id}`, {
            body: { ...said, revision: before.revision },
          }),
    onSuccess: ({ name }) => toast(`Template “${name}” saved`),
    onError: (error) => toastError('The template was not saved', error),
    onSettled: again,
  });
}

/** DELETE /touch-templates/:id */
export function useDeleteTemplate() {
  const again = useAgain();
  return useMutation({
    mutationFn: ({ id }: TouchTemplate) => request<void>('DELETE', `/touch-templates/${id}`),
    onSuccess: (_answer, { name }) => toast(`Template “${name}” deleted`),
    onError: (error) => toastError('The template was not deleted', error),
    onSettled: again,
  });
}
