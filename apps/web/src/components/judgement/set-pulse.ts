import type { PulseSet, SetPulse } from '@steward/shared/accounts';
import type { PulseReasonList } from '@steward/shared/pulse';
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { request } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';
import { refreshAccount } from '../../lib/refresh-account.js';
import { toastError } from '../ui/toast.js';
import { undoToast } from '../ui/undo-toast.js';

/** GET /pulse-reasons: those that the workspace offers, and those that it offered once. */
export const pulseReasonsQuery = queryOptions({
  queryKey: ['pulse-reasons'],
  staleTime: 5 * 60_000,
  queryFn: ({ signal }) => request<PulseReasonList>('GET', '/pulse-reasons', { signal }),
});

/** PUT /accounts/:id/pulse, with the offer to take it back: POST /accounts/:id/pulse/undo. */
export function useSetPulse(account: { id: string; name: string }) {
  const queryClient = useQueryClient();
  const refresh = () =>
    Promise.all([refreshAccount(queryClient, account.id), queryClient.invalidateQueries({ queryKey: ['pulse-gaps'] })]);
  const undo = useMutation({
    mutationFn: (body: PulseSet) => request<void>('POST', `/accounts/${account.id}/pulse/undo`, { body }),
    onError: (error) => toastError('The pulse was not taken back', error),
    onSettled: refresh,
  });
  return useMutation({
    mutationFn: (body: SetPulse) => request<PulseSet>('PUT', `/accounts/${account.id}/pulse`, { body }),
    onSuccess: async (set, { value }) => {
      undoToast(`Pulse set: ${account.name}, ${value} of 6`, () => undo.mutate(set));
      await refresh();
    },
    onError: (error) => toastError('It was not saved', error),
  });
}
