import type { SetStandIn, StandIn, User } from '@steward/shared/access';
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { toast, toastError } from '../../components/ui/toast.js';
import { undoToast } from '../../components/ui/undo-toast.js';
import { request } from '../../lib/api.js';
import { formatDay } from '../../lib/days.js';
import { useMutation } from '../../lib/mutation.js';

interface Answer {
  standIns: StandIn[];
}

const pathOf = (userId: string) => `/users/${userId}/stand-ins`;

/** GET /users/:id/stand-ins: those who look after a person's accounts, by their first day. */
export const standInsQuery = (userId: string) =>
  queryOptions({
    queryKey: ['users', userId, 'stand-ins'],
    queryFn: async ({ signal }) => (await request<Answer>('GET', pathOf(userId), { signal })).standIns,
  });

/** PUT /users/:id/stand-ins. Says so with the name of who stands in. */
export function useSetStandIn(userId: string, nameOf: (id: string) => string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (standIn: SetStandIn) => request<Answer>('PUT', pathOf(userId), { body: standIn }),
    onSuccess: ({ standIns }, { standInId, fromDay, toDay }) => {
      queryClient.setQueryData(standInsQuery(userId).queryKey, standIns);
      toast(`${nameOf(standInId)} stands in from ${formatDay(fromDay)} to ${formatDay(toDay)}`);
    },
  });
}

/** DELETE /users/:id/stand-ins/:standInId/:fromDay, with the offer to take it back. */
export function useRemoveStandIn(userId: string, nameOf: (id: string) => string) {
  const queryClient = useQueryClient();
  const set = useSetStandIn(userId, nameOf);
  return useMutation({
    mutationFn: ({ standInId, fromDay }: StandIn) =>
      request<Answer>('DELETE', `${pathOf(userId)}/${standInId}/${fromDay}`),
    onSuccess: ({ standIns }, removed) => {
      queryClient.setQueryData(standInsQuery(userId).queryKey, standIns);
      undoToast(`${nameOf(removed.standInId)} does not stand in any more`, () =>
        set.mutate(removed, { onError: (error) => toastError('The stand-in was not brought back', error) }),
      );
    },
    onError: (error) => toastError('The stand-in was not removed', error),
    onSettled: () => queryClient.invalidateQueries({ queryKey: standInsQuery(userId).queryKey }),
  });
}

/** Whether somebody names the stand-in of another: an admin of everybody who works accounts, a manager of their team. */
export function mayNameStandInOf(user: User, me: Pick<User, 'id' | 'role'>, users: readonly User[]): boolean {
  if (user.id === me.id || !user.active || user.role === 'viewer') return false;
  return me.role === 'admin' || (me.role === 'manager' && reportsTo(users, user, me.id));
}

function reportsTo(users: readonly User[], user: User, leadId: string): boolean {
  const met = new Set<string>();
  for (let at = user.managerId; at !== null && !met.has(at); ) {
    if (at === leadId) return true;
    met.add(at);
    const above: string = at;
    at = users.find(({ id }) => id === above)?.managerId ?? null;
  }
  return false;
}
