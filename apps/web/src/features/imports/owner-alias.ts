import type { OwnerAlias } from '@steward/shared/import-api';
import { useQueryClient } from '@tanstack/react-query';
import { toast, toastError } from '../../components/ui/toast.js';
import { request } from '../../lib/api.js';
import { plural } from '../../lib/format.js';
import { useMutation } from '../../lib/mutation.js';

/** POST /owner-aliases: from now on this owner text means this user. */
export function useOwnerAlias() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (alias: OwnerAlias) => request<{ accounts: number }>('POST', '/owner-aliases', { body: alias }),
    onSuccess: async ({ accounts }, { text }) => {
      toast(`“${text}” now owns ${plural(accounts, 'account')}`);
      await queryClient.invalidateQueries();
    },
    onError: (error) => toastError('The owner was not mapped', error),
  });
}
