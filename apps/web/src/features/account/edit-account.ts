import type { AccountDetail, UpdateAccount } from '@steward/shared/accounts';
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { toastError } from '../../components/ui/toast.js';
import { undoToast } from '../../components/ui/undo-toast.js';
import { accountDetailQuery } from '../../lib/account-detail.js';
import { ApiError, request } from '../../lib/api.js';

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

/** Computed values follow a change within moments: asked for ever less often, until they are there. */
const COMPUTED_AFTER_MS = [300, 700, 1_500, 3_000, 6_000];

/** Everything known of the account is asked again, and the list's counts with it; once more when it has been computed. */
export async function refreshAccount(queryClient: QueryClient, id: string): Promise<void> {
  const live = accountDetailQuery(id, undefined);
  const before = queryClient.getQueryData(live.queryKey)?.computedAt;
  await askAgain(queryClient, id);
  void (async () => {
    for (const wait of COMPUTED_AFTER_MS) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      const { computedAt } = await queryClient.fetchQuery({ ...live, staleTime: 0 });
      if (computedAt !== before) return askAgain(queryClient, id);
    }
    // Whoever reads on asks again anyway; a failed look for news is none.
  })().catch(() => undefined);
}

async function askAgain(queryClient: QueryClient, id: string): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: ['account', id] }),
    queryClient.invalidateQueries({ queryKey: ['accounts'] }),
  ]);
}
