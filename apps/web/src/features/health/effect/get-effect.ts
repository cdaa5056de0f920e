import { useDebouncedValue } from '@mantine/hooks';
import type { Band } from '@steward/shared/common';
import type { ProfileBody } from '@steward/shared/health';
import type { ChangedAccounts, DraftEffect, StudioProfile } from '@steward/shared/health-studio';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ApiError, request } from '../../../lib/api.js';
import type { Problem } from '../editor/profile-draft.js';

const PAUSE_MS = 500;

/** POST /health-studio/effect. Each draft is a question of its own; one that is no longer asked is cancelled. */
const effectQuery = (profile: StudioProfile | null, accountId: string | null) =>
  queryOptions({
    queryKey: ['health-studio', 'effect', profile, accountId],
    enabled: profile !== null,
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 60_000,
    queryFn: ({ signal }) =>
      request<DraftEffect>('POST', '/health-studio/effect', { body: { profile, accountId }, signal }),
  });

/** POST /health-studio/effect/accounts: those that change from one band to another. */
export const changedQuery = (profile: StudioProfile, move: BandMove | null, limit: number) =>
  queryOptions({
    queryKey: ['health-studio', 'effect', profile, 'accounts', move, limit],
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 60_000,
    queryFn: ({ signal }) =>
      request<ChangedAccounts>('POST', '/health-studio/effect/accounts', {
        body: { profile, from: move?.from ?? null, to: move?.to ?? null, offset: 0, limit },
        signal,
      }),
  });

export interface BandMove {
  from: Band;
  to: Band;
}

/** Which profile is tried, and where it stands among the others. */
export interface Tried {
  profileId: string | null;
  position: number | null;
}

export interface EffectState {
  effect: DraftEffect | null;
  /** What was asked for what is shown. */
  profile: StudioProfile | null;
  /** What is shown is not yet of the draft as it stands. */
  isStale: boolean;
  isAsking: boolean;
  /** What the server says of the draft, by place. */
  problems: Problem[];
  /** Why there is no answer, where the draft is not at fault. */
  failure: Error | null;
  retry: () => void;
}

/**
 * What a draft would change today, asked when the typing pauses.
 * @param body null while something is missing: what was last asked stays on screen
 */
export function useDraftEffect(tried: Tried, body: ProfileBody | null, accountId: string | null): EffectState {
  const { profileId, position } = tried;
  const text = body === null ? null : JSON.stringify({ profileId, position, body });
  const [settled] = useDebouncedValue(text, PAUSE_MS);
  const profile = useMemo(() => (settled === null ? null : (JSON.parse(settled) as StudioProfile)), [settled]);
  const answer = useQuery(effectQuery(profile, accountId));
  const problems = settled === text ? problemsOf(answer.error) : [];
  return {
    effect: answer.data ?? null,
    profile,
    isStale: settled !== text || answer.isPlaceholderData || (profile === null && answer.data !== undefined),
    isAsking: answer.isFetching || (settled !== text && text !== null),
    problems,
    failure: problems.length > 0 ? null : answer.error,
    retry: () => void answer.refetch(),
  };
}

const WITHIN = /^(?:profile\.)?body\.?/;

function problemsOf(error: Error | null): Problem[] {
  if (!(error instanceof ApiError)) return [];
  return error.details
    .filter(({ path }) => WITHIN.test(path))
    .map(({ path, message }) => ({ path: path.replace(WITHIN, ''), message }));
}
