import type { CreateSignal, SignalEntry, UpdateSignal } from '@steward/shared/model';
import type { SignalDryRun, SignalDryRunRequest, SignalHistory, SignalStandings } from '@steward/shared/signal-dry-run';
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../lib/api.js';
import { useMutation } from '../../../lib/mutation.js';

/** GET /signals */
export const signalsQuery = queryOptions({
  queryKey: ['signals', 'list'],
  queryFn: ({ signal }) => request<{ signals: SignalEntry[] }>('GET', '/signals', { signal }),
  select: ({ signals }) => signals,
});

/** GET /signals/standings: by key, what reads each, and whether its inputs were ever delivered. */
export const standingsQuery = queryOptions({
  queryKey: ['signals', 'standings'],
  queryFn: ({ signal }) => request<SignalStandings>('GET', '/signals/standings', { signal }),
  select: ({ standings }) => new Map(standings.map((each) => [each.key, each])),
});

/** GET /signals/:key/uses */
export const usesQuery = (key: string) =>
  queryOptions({
    queryKey: ['signals', 'uses', key],
    queryFn: ({ signal }) => request<{ usedBy: string[] }>('GET', `/signals/${key}/uses`, { signal }),
    select: ({ usedBy }) => usedBy,
  });

/** GET /signals/:key/history */
export const historyQuery = (key: string) =>
  queryOptions({
    queryKey: ['signals', 'history', key],
    queryFn: ({ signal }) => request<SignalHistory>('GET', `/signals/${key}/history`, { signal }),
    select: ({ entries }) => entries,
  });

/** A signal is a field of rules and columns, too. */
function useAskAgain() {
  const queryClient = useQueryClient();
  return () =>
    Promise.all([['signals'], ['catalogue'], ['model']].map((queryKey) => queryClient.invalidateQueries({ queryKey })));
}

/** POST /signals, or PATCH /signals/:key */
export function useSaveSignal(before: SignalEntry | null) {
  const askAgain = useAskAgain();
  return useMutation({
    mutationFn: ({ key, ...rest }: CreateSignal) =>
      before === null
        ? request<SignalEntry>('POST', '/signals', { body: { key, ...rest } })
        : request<SignalEntry>('PATCH', `/signals/${before.key}`, { body: { ...rest, revision: before.revision } }),
    onSuccess: askAgain,
  });
}

/** PATCH /signals/:key: ends it, or resumes it. */
export function useRetireSignal() {
  const askAgain = useAskAgain();
  return useMutation({
    mutationFn: ({
      key,
      revision,
      retired,
    }: Pick<SignalEntry, 'key'> & Required<Pick<UpdateSignal, 'revision' | 'retired'>>) =>
      request<SignalEntry>('PATCH', `/signals/${key}`, { body: { revision, retired } }),
    onSettled: askAgain,
  });
}

/** POST /signals/dry-run */
export const useSignalDryRun = () =>
  useMutation({
    mutationFn: (body: SignalDryRunRequest) => request<SignalDryRun>('POST', '/signals/dry-run', { body }),
  });
