import type { Import, ImportDetail } from '@steward/shared/import-api';
import type { ImportMappingInput } from '@steward/shared/imports';
import { useQueryClient } from '@tanstack/react-query';
import { toastError } from '../../components/ui/toast.js';
import { request } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';
import { importQuery } from './imports.js';

/**
 * PUT /imports/:id/mapping, then POST /imports/:id/dry-run: counts what the file would do. The answer stands at once, so
 * that nobody sees the counts of the check before; `onTaken` is called also when the page has moved on by then.
 */
export function useCheckImport(id: string, onTaken?: () => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ mapping, saveAs }: { mapping: ImportMappingInput; saveAs: string | null }) => {
      await request<unknown>('PUT', `/imports/${id}/mapping`, { body: { mapping, saveAs } });
      return request<ImportDetail>('POST', `/imports/${id}/dry-run`);
    },
    onSuccess: (detail) => {
      queryClient.setQueryData(importQuery(id).queryKey, detail);
      onTaken?.();
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['imports', id] }),
  });
}

/** POST /imports/:id/run */
export function useRunImport(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => request<Import>('POST', `/imports/${id}/run`),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['imports'] }),
  });
}

/** POST /imports/:id/cancel: what is in stays in. */
export function useCancelImport(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => request<Import>('POST', `/imports/${id}/cancel`),
    onError: (error) => toastError('The import was not cancelled', error),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['imports'] }),
  });
}
