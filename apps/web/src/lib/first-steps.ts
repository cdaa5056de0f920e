import type { FirstSteps, UpdateFirstSteps } from '@steward/shared/first-steps';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from './api.js';
import { useMutation } from './mutation.js';

/** GET /first-steps: for those who set the workspace up; asked anew whenever a page shows them. */
const firstStepsQuery = queryOptions({
  queryKey: ['first-steps'],
  queryFn: ({ signal }) => request<FirstSteps>('GET', '/first-steps', { signal }),
  staleTime: 0,
});

export function useFirstSteps(enabled: boolean) {
  return useQuery({ ...firstStepsQuery, enabled });
}

/** PATCH /first-steps */
export function useUpdateFirstSteps() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (change: UpdateFirstSteps) => request<FirstSteps>('PATCH', '/first-steps', { body: change }),
    onSuccess: (steps) => queryClient.setQueryData(firstStepsQuery.queryKey, steps),
  });
}
