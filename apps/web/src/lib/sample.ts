import type { SampleStatus } from '@steward/shared/sample';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { request } from './api.js';
import { useMutation } from './mutation.js';

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
  });
}

const FACTS_PERCENT = 15;

/** The part of a load that is done, in whole percent; the history takes far longer than the facts that it follows from. */
export function loadedPercent({ progress }: SampleStatus): number {
  if (progress === null) return 0;
  const { step, done } = progress;
  return Math.floor(step === 'facts' ? done * FACTS_PERCENT : FACTS_PERCENT + done * (100 - FACTS_PERCENT));
}
