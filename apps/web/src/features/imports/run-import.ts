import type { Import } from '@steward/shared/import-api';
import type { ImportMappingInput } from '@steward/shared/imports';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toastError } from '../../components/ui/toast.js';
import { request } from '../../lib/api.js';

/** PUT /imports/:id/mapping, then POST /imports/:id/dry-run: counts what the file would do. */
export function useCheckImport(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ mapping, saveAs }: { mapping: ImportMappingInput; saveAs: string | null }) => {
      await request<unknown>('PUT', `/imports/${id}/mapping`, { body: { mapping, saveAs } });
      return request<Import>('POST', `/imports/${id}/dry-run`);
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
