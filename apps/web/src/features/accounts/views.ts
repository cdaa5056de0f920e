import type { CreateView, UpdateView, View, viewListSchema } from '@steward/shared/views';
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { request } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';

/** GET /views: one's own and the shared ones. */
export const viewsQuery = queryOptions({
  queryKey: ['views'],
  queryFn: async ({ signal }) => (await request<z.infer<typeof viewListSchema>>('GET', '/views', { signal })).views,
});

/** What was saved stands in the list at once, so that its tab never shows what it was before. */
function useViewsChanged() {
  const queryClient = useQueryClient();
  return (change: (views: View[]) => View[]) => {
    queryClient.setQueryData(viewsQuery.queryKey, (views) => change(views ?? []));
    return queryClient.invalidateQueries({ queryKey: viewsQuery.queryKey });
  };
}

export function useCreateView() {
  const changed = useViewsChanged();
  return useMutation({
    mutationFn: (view: CreateView) => request<View>('POST', '/views', { body: view }),
    onSuccess: (view) => void changed((views) => [...views, view]),
  });
}

export function useUpdateView() {
  const changed = useViewsChanged();
  return useMutation({
    mutationFn: ({ id, ...change }: UpdateView & { id: string }) =>
      request<View>('PATCH', `/views/${id}`, { body: change }),
    onSuccess: (view) => void changed((views) => views.map((each) => (each.id === view.id ? view : each))),
    // Somebody else, or another tab, may have been first: what they made of it is shown, and the change can be repeated.
    onError: () => void changed((views) => views),
  });
}

export function useDeleteView() {
  const changed = useViewsChanged();
  return useMutation({
    mutationFn: ({ id }: View) => request<void>('DELETE', `/views/${id}`),
    onSuccess: (_, { id }) => void changed((views) => views.filter((each) => each.id !== id)),
  });
}

/** POST /views/:id/restore: the same view, not one like it. */
export function useRestoreView() {
  const changed = useViewsChanged();
  return useMutation({
    mutationFn: ({ id }: View) => request<View>('POST', `/views/${id}/restore`),
    onSuccess: (view) => void changed((views) => [...views, view]),
  });
}

/** PUT /views/order: the tabs stand so at once; where the order was not kept, as they stood. */
export function useOrderViews() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (ids: string[]) => request<z.infer<typeof viewListSchema>>('PUT', '/views/order', { body: { ids } }),
    onMutate: (ids) => {
      queryClient.setQueryData(
        viewsQuery.queryKey,
        (views) => views && [...views].sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id)),
      );
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: viewsQuery.queryKey }),
  });
}
