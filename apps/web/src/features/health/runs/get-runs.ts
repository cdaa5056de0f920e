import type {
  OrderStudioRunInput,
  StudioHistory,
  StudioRun,
  StudioRunKind,
  StudioRunList,
  StudioRunState,
} from '@steward/shared/health-studio';
import type { ProfileEntry } from '@steward/shared/model-versions';
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../lib/api.js';
import { useMutation } from '../../../lib/mutation.js';

export type ListedRun = StudioRunList['runs'][number];

const POLL_MS = 1_000;
const UNDER_WAY: readonly StudioRunState[] = ['queued', 'running', 'cancelling'];
export const isUnderWay = ({ state }: Pick<StudioRun, 'state'>): boolean => UNDER_WAY.includes(state);

/** GET /health-studio/history: the month-ends that there are to test against, and how many left in each month. */
export const historyQuery = queryOptions({
  queryKey: ['health-studio', 'history'],
  queryFn: ({ signal }) => request<StudioHistory>('GET', '/health-studio/history', { signal }),
});

/** GET /health-studio/runs: newest first, without their results. */
export const runsQuery = queryOptions({
  queryKey: ['health-studio', 'runs'],
  queryFn: async ({ signal }) => (await request<StudioRunList>('GET', '/health-studio/runs', { signal })).runs,
});

/** GET /health-studio/runs/:id, asked again while it is under way. */
export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ['health-studio', 'runs', id],
    queryFn: ({ signal }) => request<StudioRun>('GET', `/health-studio/runs/${id}`, { signal }),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? POLL_MS : false),
  });

/** POST /health-studio/runs */
export function useOrderRun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: OrderStudioRunInput) => request<StudioRun>('POST', '/health-studio/runs', { body }),
    onSuccess: (run) => client.setQueryData(runQuery(run.id).queryKey, run),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: runsQuery.queryKey, exact: true });
      void client.invalidateQueries({ queryKey: historyQuery.queryKey });
    },
  });
}

/** POST /health-studio/runs/:id/cancel */
export function useCancelRun(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => request<StudioRun>('POST', `/health-studio/runs/${id}/cancel`),
    onSettled: () => client.invalidateQueries({ queryKey: ['health-studio', 'runs'] }),
  });
}

/** The runs of one profile; one that was never published is known by its name. */
export const runsOf = (
  runs: readonly ListedRun[],
  kind: StudioRunKind,
  { id, name }: Pick<ProfileEntry, 'id' | 'name'>,
): ListedRun[] =>
  runs.filter(
    (run) =>
      run.kind === kind && (run.profile.profileId === null ? run.profileName === name : run.profile.profileId === id),
  );
