import type { StageSetDraft, TierSetDraft } from '@steward/shared/model-drafts';
import type { StageDryRun, TierDryRun } from '@steward/shared/model-versions';
import { useMutation } from '@tanstack/react-query';
import { request } from '../../../lib/api.js';

export interface DryRun<A> {
  answer: A | null;
  error: Error | null;
  isPending: boolean;
  /** It was changed since: what is shown is of an earlier state. */
  isStale: boolean;
  run: () => void;
}

function useDryRun<A, B>(path: string, body: B): DryRun<A> {
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: async (asked: B) => ({ asked, answer: await request<A>('POST', path, { body: { body: asked } }) }),
  });
  return {
    answer: data?.answer ?? null,
    error,
    isPending,
    isStale: data !== undefined && data.asked !== body && JSON.stringify(data.asked) !== JSON.stringify(body),
    run: () => mutate(body),
  };
}

/** POST /tiers/dry-run */
export const useTierDryRun = (body: TierSetDraft) => useDryRun<TierDryRun, TierSetDraft>('/tiers/dry-run', body);
/** POST /stages/dry-run */
export const useStageDryRun = (body: StageSetDraft) => useDryRun<StageDryRun, StageSetDraft>('/stages/dry-run', body);
