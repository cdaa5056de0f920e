import type { DiscardQuarantined, QuarantineList } from '@steward/shared/intake';
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { toast, toastError } from '../../components/ui/toast.js';
import { request } from '../../lib/api.js';
import { plural } from '../../lib/format.js';
import { useMutation } from '../../lib/mutation.js';

/** GET /quarantine: facts of accounts that are not known, by account and kind, most first. */
export const quarantineQuery = queryOptions({
  queryKey: ['quarantine'],
  queryFn: async ({ signal }) =>
    (await request<QuarantineList>('GET', '/quarantine', { query: { limit: 500 }, signal })).groups,
});

/** POST /quarantine/retry: looks again for the accounts of all waiting facts. */
export function useRetryQuarantine() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => request<{ retried: number }>('POST', '/quarantine/retry'),
    onSuccess: ({ retried }) => toast(`${plural(retried, 'fact')} looked at again`),
    onError: (error) => toastError('It could not be tried again', error),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['quarantine'] }),
  });
}

/** POST /quarantine/discard */
export function useDiscardQuarantined() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (which: DiscardQuarantined) =>
      request<{ discarded: number }>('POST', '/quarantine/discard', { body: which }),
    onSuccess: ({ discarded }) => toast(`${plural(discarded, 'fact')} discarded`),
    onError: (error) => toastError('Nothing was discarded', error),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['quarantine'] }),
  });
}
