import type { CreateSubscription, Subscription } from '@steward/shared/subscriptions';
import { useQueryClient } from '@tanstack/react-query';
import { toast, toastError } from '../../../components/ui/toast.js';
import { request } from '../../../lib/api.js';
import { useMutation } from '../../../lib/mutation.js';
import { refreshAccount } from '../../../lib/refresh-account.js';

/** What a form of a subscription gives: every field. */
export type SubscriptionFields = CreateSubscription;

interface Save {
  /** Null: a new one. */
  known: Pick<Subscription, 'id' | 'revision'> | null;
  fields: SubscriptionFields;
}

const pathOf = (accountId: string, id: string): string =>
  `/accounts/${accountId}/subscriptions/${encodeURIComponent(id)}`;

/** POST or PATCH of a subscription that is kept by hand; what follows from it is computed within moments. */
export function useSaveSubscription(accountId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ known, fields }: Save) =>
      known === null
        ? request<Subscription>('POST', `/accounts/${accountId}/subscriptions`, { body: fields })
        : request<Subscription>('PATCH', pathOf(accountId, known.id), {
            body: { ...fields, revision: known.revision },
          }),
    onSuccess: async (_answer, { known }) => {
      toast(known === null ? 'Subscription added' : 'Subscription saved');
      await refreshAccount(queryClient, accountId);
    },
  });
}

/** DELETE of a subscription that is kept by hand. */
export function useRemoveSubscription(accountId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ id, revision }: Pick<Subscription, 'id' | 'revision'>) =>
      request<void>('DELETE', pathOf(accountId, id), { query: { revision } }),
    onSuccess: async () => {
      toast('Subscription deleted');
      await refreshAccount(queryClient, accountId);
    },
    onError: (error) => toastError('The subscription was not deleted', error),
  });
}
