import type { StageSetDraft, TierSetDraft } from '@steward/shared/model-drafts';
import type { StageDryRun, TierDryRun } from '@steward/shared/model-versions';
import { queryOptions, useMutation } from '@tanstack/react-query';
import { request } from '../../../lib/api.js';

export interface DryRun<A> {
  answer: A | null;
  error: Error | null;
  isPending: boolean;
  /** It was changed since: what is shown is of an earlier state. */
  isStale: boolean;
  run: () => void;
}

/** `published`: the version that the draft would follow; what was tried before another one was published says nothing now. */
function useDryRun<A, B>(path: string, body: B, published: number | null): DryRun<A> {
  const { mutate, data, error, isPending, variables } = useMutation({
    mutationFn: (asked: { body: B; published: number | null }) =>
      request<A>('POST', path, { body: { body: asked.body } }),
  });
  const isOver = variables !== undefined && variables.published !== published;
  const isStale =
    variables !== undefined && variables.body !== body && JSON.stringify(variables.body) !== JSON.stringify(body);
  return {
    answer: isOver ? null : (data ?? null),
    // What was wrong with an earlier state may be mended.
    error: isOver || isStale ? null : error,
    isPending,
    isStale,
    run: () => mutate({ body, published }),
  };
}

/** POST /tiers/dry-run */
export const useTierDryRun = (body: TierSetDraft, published: number | null) =>
  useDryRun<TierDryRun, TierSetDraft>('/tiers/dry-run', body, published);
/** POST /stages/dry-run */
export const useStageDryRun = (body: StageSetDraft, published: number | null) =>
  useDryRun<StageDryRun, StageSetDraft>('/stages/dry-run', body, published);

/** What an older version would do if it were published again today. */
const versionDryRun = <A>(path: string, version: number) =>
  queryOptions({
    queryKey: ['model', path, 'dry-run', version],
    queryFn: async ({ signal }) => {
      const { body } = await request<{ body: unknown }>('GET', `${path}/versions/${version}`, { signal });
      return request<A>('POST', `${path}/dry-run`, { body: { body }, signal });
    },
    gcTime: 0,
  });
export const tierVersionDryRun = (version: number) => versionDryRun<TierDryRun>('/tiers', version);
export const stageVersionDryRun = (version: number) => versionDryRun<StageDryRun>('/stages', version);
