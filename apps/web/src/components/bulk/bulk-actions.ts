import type { BulkAction, OrderBulkInput } from '@steward/shared/bulk';
import { queryOptions } from '@tanstack/react-query';
import { download, request } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';
import type { AccountSelection } from '../account-grid/account-selection.js';
import type { AccountQuestion } from '../account-grid/count-accounts.js';
import { toastError } from '../ui/toast.js';

const ASK_EVERY_MS = 600;

/** The accounts of a selection, for an order: all that match are sent as the rule and found by the server. */
export function bulkSelectionOf(selection: AccountSelection, question: AccountQuestion): OrderBulkInput['selection'] {
  if (selection.kind === 'rows') return { kind: 'rows', accountIds: selection.rows.map(({ id }) => id) };
  const { rule = null, text = '', parts } = question;
  const without = selection.without.map(({ id }) => id);
  return { kind: 'matching', rule, text, ...(parts && { parts }), without };
}

/** GET /bulk-actions/:id, asked again until it has ended and lists tell of it. */
export const bulkActionQuery = (id: string) =>
  queryOptions({
    queryKey: ['bulk', id],
    queryFn: ({ signal }) => request<BulkAction>('GET', `/bulk-actions/${id}`, { signal }),
    refetchInterval: ({ state }) => (state.data?.computed ? false : ASK_EVERY_MS),
  });

/** GET /bulk-actions: one's own, newest first. */
export const bulkActionsQuery = queryOptions({
  queryKey: ['bulk'],
  queryFn: ({ signal }) => request<{ actions: BulkAction[] }>('GET', '/bulk-actions', { signal }),
});

/** POST /bulk-actions */
export function useOrderBulk() {
  return useMutation({
    mutationFn: (order: OrderBulkInput) => request<BulkAction>('POST', '/bulk-actions', { body: order }),
    onError: (error) => toastError('Nothing was changed', error),
  });
}

/** POST /bulk-actions/:id/undo: an action of its own. */
export function useUndoBulk() {
  return useMutation({
    mutationFn: (id: string) => request<BulkAction>('POST', `/bulk-actions/${id}/undo`),
    onError: (error) => toastError('It was not taken back', error),
  });
}

export function useCancelBulk() {
  return useMutation({
    mutationFn: (id: string) => request<BulkAction>('POST', `/bulk-actions/${id}/cancel`),
    onError: (error) => toastError('It was not cancelled', error),
  });
}

/** GET /bulk-actions/:id/refused.csv */
export function useRefusedFile() {
  return useMutation({
    mutationFn: (id: string) => download('GET', `/bulk-actions/${id}/refused.csv`, 'refused.csv'),
    onError: (error) => toastError('The file could not be made', error),
  });
}
