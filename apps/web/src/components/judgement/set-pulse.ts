import type { SetPulse } from '@steward/shared/accounts';
import type { PulseReasonList } from '@steward/shared/pulse';
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { request } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';
import { refreshAccount } from '../../lib/refresh-account.js';
import { toast, toastError } from '../ui/toast.js';

/** GET /pulse-reasons: those that the workspace offers, and those that it offered once. */
export const pulseReasonsQuery = queryOptions({
  queryKey: ['pulse-reasons'],
  staleTime: 5 * 60_000,
  queryFn: ({ signal }) => request<PulseReasonList>('GET', '/pulse-reasons', { signal }),
});

/** PUT /accounts/:id/pulse */
export function useSetPulse(account: { id: string; name: string }) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: SetPulse) => request<unknown>('PUT', `/accounts/${account.id}/pulse`, { body }),
    onSuccess: async (_answer, { value }) => {
      toast(`Pulse set: ${account.name}, ${value} of 6`);
      await Promise.all([
        refreshAccount(queryClient, account.id),
        queryClient.invalidateQueries({ queryKey: ['pulse-gaps'] }),
      ]);
    },
    onError: (error) => toastError('It was not saved', error),
  });
}
