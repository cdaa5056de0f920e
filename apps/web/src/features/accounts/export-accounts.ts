import type { AccountQuestion } from '../../components/account-grid/count-accounts.js';
import type { SortEntry } from '../../components/account-grid/sort.js';
import { toastError } from '../../components/ui/toast.js';
import { download } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';

/** POST /accounts/export: the same question as the list, answered as a CSV file. */
export function useExportAccounts() {
  return useMutation({
    mutationFn: (question: AccountQuestion & { sort: SortEntry[] }) =>
      download('POST', '/accounts/export', 'accounts.csv', { body: question }),
    onError: (error) => toastError('The file could not be made', error),
  });
}
