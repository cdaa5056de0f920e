import type { CreateQuietPeriod, QuietPeriod } from '@steward/shared/quiet-periods';
import { type QueryClient, queryOptions, useQueryClient } from '@tanstack/react-query';
import { request } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';

const path = '/workspace/quiet-periods';

/** GET /workspace/quiet-periods */
export const quietPeriodsQuery = queryOptions({
  queryKey: ['workspace', 'quiet-periods'],
  queryFn: async ({ signal }) => (await request<{ periods: QuietPeriod[] }>('GET', path, { signal })).periods,
});

const askAgain = (client: QueryClient) => client.invalidateQueries({ queryKey: quietPeriodsQuery.queryKey });

/** POST, or PATCH of the period that is given. */
export function useSaveQuietPeriod(period: QuietPeriod | null) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (fields: CreateQuietPeriod) =>
      period === null
        ? request<QuietPeriod>('POST', path, { body: fields })
        : request<QuietPeriod>('PATCH', `${path}/${period.id}`, { body: { ...fields, revision: period.revision } }),
    onSuccess: () => askAgain(queryClient),
  });
}

/** DELETE /workspace/quiet-periods/:id */
export function useRemoveQuietPeriod() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request<QuietPeriod>('DELETE', `${path}/${id}`),
    onSettled: () => askAgain(queryClient),
  });
}
