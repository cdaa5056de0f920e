import type { Import } from '@steward/shared/import-api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../lib/api.js';

/** POST /imports: the file as the request's body, streamed by the browser from the disk. */
export function useUploadImport() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (file: File) => request<Import>('POST', '/imports', { body: file, query: { fileName: file.name } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['imports', 'list'] }),
  });
}
