import type { Import } from '@steward/shared/import-api';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useMutation } from '../../lib/mutation.js';
import { upload } from '../../lib/upload.js';

/** POST /imports: the file as the request's body, streamed by the browser from the disk. */
export function useUploadImport() {
  const queryClient = useQueryClient();
  const [share, setShare] = useState(0);
  const stop = useRef<AbortController | null>(null);
  const mutation = useMutation({
    mutationFn: (file: File) => {
      stop.current = new AbortController();
      setShare(0);
      return upload<Import>('/imports', file, {
        query: { fileName: file.name },
        onProgress: setShare,
        signal: stop.current.signal,
      });
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['imports', 'list'] }),
  });
  return { ...mutation, share, cancel: () => stop.current?.abort() };
}
