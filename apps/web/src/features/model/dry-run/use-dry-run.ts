import type { StageSetDraft, TierSetDraft } from '@steward/shared/model-drafts';
import type { StageCell, StageDryRun, TierCell, TierDryRun } from '@steward/shared/model-versions';
import { queryOptions } from '@tanstack/react-query';
import { request } from '../../../lib/api.js';
import { useMutation } from '../../../lib/mutation.js';

/** The accounts behind a cell of what was tried, a hundred from `offset` on. */
export interface Behind<Row, Cell> {
  rows: (cell: Cell) => Promise<readonly Row[]>;
  /** Tells one trial from the next. */
  trial: number;
}

export interface DryRun<A extends { rows: readonly unknown[] }, Cell = never> {
  answer: A | null;
  behind: Behind<A['rows'][number], Cell>;
  error: Error | null;
  isPending: boolean;
  /** It was changed since: what is shown is of an earlier state. */
  isStale: boolean;
  run: () => void;
}

/** `published`: the version that the draft would follow; what was tried before another one was published says nothing now. */
function useDryRun<A extends { rows: readonly unknown[] }, B, Cell>(
  path: string,
  body: B,
  published: number | null,
): DryRun<A, Cell> {
  const { mutate, data, error, isPending, variables, submittedAt } = useMutation({
    mutationFn: (asked: { body: B; published: number | null }) =>
      request<A>('POST', path, { body: { body: asked.body } }),
  });
  const isOver = variables !== undefined && variables.published !== published;
  const isStale =
    variables !== undefined && variables.body !== body && JSON.stringify(variables.body) !== JSON.stringify(body);
  return {
    answer: isOver ? null : (data ?? null),
    behind: {
      trial: submittedAt,
      rows: async (cell) => (await request<A>('POST', path, { body: { body: variables?.body, cell } })).rows,
    },
    // What was wrong with an earlier state may be mended.
    error: isOver || isStale ? null : error,
    isPending,
    isStale,
    run: () => mutate({ body, published }),
  };
}

/** POST /tiers/dry-run */
export const useTierDryRun = (body: TierSetDraft, published: number | null) =>
  useDryRun<TierDryRun, TierSetDraft, TierCell>('/tiers/dry-run', body, published);
/** POST /stages/dry-run */
export const useStageDryRun = (body: StageSetDraft, published: number | null) =>
  useDryRun<StageDryRun, StageSetDraft, StageCell>('/stages/dry-run', body, published);

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
