import type { SampleStatus } from '@steward/shared/sample';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { toastError } from '../components/ui/toast.js';
import { request } from './api.js';

const POLL_MS = 1000;

const isBusy = (status: SampleStatus | undefined): boolean =>
  status?.state === 'loading' || status?.state === 'removing';

/** GET /sample: asked again while it is coming or going. */
const sampleQuery = queryOptions({
  queryKey: ['sample'],
  queryFn: ({ signal }) => request<SampleStatus>('GET', '/sample', { signal }),
  refetchInterval: ({ state }) => (isBusy(state.data) ? POLL_MS : false),
});

/** How the sample company stands; when it has come or gone, every screen asks anew. Undefined where it is not asked. */
export function useSample(enabled: boolean): SampleStatus | undefined {
  const queryClient = useQueryClient();
  const { data } = useQuery({ ...sampleQuery, enabled });
  const busy = isBusy(data);
  useEffect(() => {
    if (!busy) return;
    return () => void queryClient.invalidateQueries();
  }, [busy, queryClient]);
  return data;
}

/** POST /sample, DELETE /sample: the answer is how it stands now. */
export function useOrderSample(method: 'POST' | 'DELETE') {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => request<SampleStatus>(method, '/sample'),
    onSuccess: (status) => queryClient.setQueryData(sampleQuery.queryKey, status),
    onError: (error) =>
      toastError(method === 'POST' ? 'The sample was not loaded' : 'The sample was not removed', error),
  });
}

/** The part of a load that is done, in whole percent; its facts take longer than the history that follows from them. */
export function loadedPercent({ progress }: SampleStatus): number {
  if (progress === null) return 0;
  return Math.floor(progress.step === 'facts' ? progress.done * 60 : 60 + progress.done * 40);
}
