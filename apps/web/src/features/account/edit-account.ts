import type { AccountDetail, UpdateAccount } from '@steward/shared/accounts';
import { useQueryClient } from '@tanstack/react-query';
import { toastError } from '../../components/ui/toast.js';
import { undoToast } from '../../components/ui/undo-toast.js';
import { accountDetailQuery } from '../../lib/account-detail.js';
import { ApiError, request } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';
import { refreshAccount } from '../../lib/refresh-account.js';

type Change = Omit<UpdateAccount, 'revision'>;

export interface AccountEdit {
  change: Change;
  /** What the fields were, for undo; null when this edit is itself an undo. */
  before: Change | null;
  /** Said when it is done: "Renewal date changed". */
  said: string;
}

/** PATCH /accounts/:id: a person's edit, with undo. Refused when someone else was quicker; the page then shows theirs. */
export function useEditAccount(id: string) {
  const queryClient = useQueryClient();
  const live = accountDetailQuery(id, undefined);
  const mutation = useMutation({
    mutationFn: async ({ change }: AccountEdit) => {
      const { revision } = await queryClient.ensureQueryData(live);
      return request<AccountDetail | undefined>('PATCH', `/accounts/${id}`, { body: { ...change, revision } });
    },
    onSuccess: async (_answer, { before, said }) => {
      await refreshAccount(queryClient, id);
      if (before !== null) {
        undoToast(said, () => mutation.mutate({ change: before, before: null, said: 'Undone' }));
      }
    },
    onError: async (error) => {
      if (error instanceof ApiError && error.status === 409) await refreshAccount(queryClient, id);
      toastError('The change was not saved', error);
    },
  });
  return mutation;
}
