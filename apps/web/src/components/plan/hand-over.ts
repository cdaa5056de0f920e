import type { HandOver, OwnersNow, OwnersSet, SetOwners } from '@steward/shared/hand-over';
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { request } from '../../lib/api.js';
import { plural } from '../../lib/format.js';
import { useMutation } from '../../lib/mutation.js';
import { refreshAccount } from '../../lib/refresh-account.js';
import { toast, toastError } from '../ui/toast.js';
import { undoToast } from '../ui/undo-toast.js';

/** GET /accounts/:id/owners: what would go along. */
export const ownersQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['account', accountId, 'owners'],
    // The revision is of now.
    staleTime: 0,
    queryFn: ({ signal }) => request<OwnersNow>('GET', `/accounts/${accountId}/owners`, { signal }),
  });

const WORDS = { alerts: 'alert', tasks: 'task', goals: 'goal', deals: 'deal' } as const;

/** "CSM: Carla Mendes → Yuki Mori · 2 alerts and 1 task went along". */
export function handedOverText(handOver: HandOver): string {
  const roles = (['csm', 'am'] as const).flatMap((role) => {
    const [from, to] = [handOver.from[role], handOver.to[role]];
    if (from?.userId === to?.userId) return [];
    return [`${role === 'csm' ? 'CSM' : 'Account manager'}: ${from?.name ?? 'nobody'} → ${to?.name ?? 'nobody'}`];
  });
  const moved = (Object.keys(WORDS) as (keyof typeof WORDS)[])
    .filter((each) => handOver.moved[each] > 0)
    .map((each) => plural(handOver.moved[each], WORDS[each]));
  return [...roles, moved.length === 0 ? null : `${moved.join(', ')} went along`].filter(Boolean).join(' · ');
}

/** PUT /accounts/:id/owners; within the day POST …/hand-overs/:id/undo takes it back. */
export function useHandOver(accountId: string) {
  const queryClient = useQueryClient();
  const again = async () => {
    await refreshAccount(queryClient, accountId);
    await Promise.all(
      [['alerts'], ['tasks'], ['goals'], ['today']].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
    );
  };
  const undo = useMutation({
    mutationFn: (id: string) => request<OwnersSet>('POST', `/accounts/${accountId}/hand-overs/${id}/undo`),
    onSuccess: () => toast('Undone'),
    onError: (error) => toastError('It was not taken back', error),
    onSettled: again,
  });
  return useMutation({
    mutationFn: (body: SetOwners) => request<OwnersSet>('PUT', `/accounts/${accountId}/owners`, { body }),
    onSuccess: ({ handOver }) => {
      if (handOver) undoToast(handedOverText(handOver), () => undo.mutate(handOver.id));
    },
    onError: (error) => toastError('The account was not handed over', error),
    onSettled: again,
  });
}
