import type { StudioOverview, StudioSignals } from '@steward/shared/health-figures';
import { keepPreviousData, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { request } from '../../lib/api.js';
import type { SeenValues } from './editor/draft-moves.js';

export type ProfileFigures = StudioOverview['profiles'][number];
export type SignalFigures = StudioSignals['signals'][number];

/** GET /health-studio/overview: how the accounts of each published profile stand today. */
export const overviewQuery = queryOptions({
  queryKey: ['health-profiles', 'overview'],
  queryFn: ({ signal }) => request<StudioOverview>('GET', '/health-studio/overview', { signal }),
});

/** POST /health-studio/signals: what values live accounts have today. */
const signalsQuery = (signals: readonly string[]) =>
  queryOptions({
    queryKey: ['health-studio', 'signals', signals],
    placeholderData: keepPreviousData,
    staleTime: 5 * 60_000,
    queryFn: ({ signal }) => request<StudioSignals>('POST', '/health-studio/signals', { body: { signals }, signal }),
  });

const MOST_SIGNALS = 40;

/** What accounts have today of the signals that are measured, by signal; empty until it is known. */
export function useSignalFigures(signals: readonly string[], enabled: boolean): ReadonlyMap<string, SignalFigures> {
  const asked = [...new Set(signals)].sort().slice(0, MOST_SIGNALS);
  const { data } = useQuery({ ...signalsQuery(asked), enabled: enabled && asked.length > 0 });
  return new Map(data?.signals.map((each) => [each.signal, each]));
}

/** Asks where the values of a signal lie today, for a measure that is being added; null: nobody knows. */
export function useSeenValues(enabled: boolean): (signal: string) => Promise<SeenValues | null> {
  const client = useQueryClient();
  return useCallback(
    async (signal) => {
      if (!enabled) return null;
      const found = await client.ensureQueryData(signalsQuery([signal])).catch(() => null);
      const [figures] = found?.signals ?? [];
      return figures ? { low: figures.p5, high: figures.p95 } : null;
    },
    [client, enabled],
  );
}

/** Every signal that a profile measures, in its order. */
export const measuredSignals = ({ groups }: { groups: readonly { measures: readonly { signal: string }[] }[] }) =>
  groups.flatMap(({ measures }) => measures.map(({ signal }) => signal));
