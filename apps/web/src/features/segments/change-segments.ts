import type { Exclude, Segment, UpdateSegment } from '@steward/shared/segments';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { toast, toastError } from '../../components/ui/toast.js';
import { undoToast } from '../../components/ui/undo-toast.js';
import { request } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';

const askAgain = (queryClient: QueryClient) => queryClient.invalidateQueries({ queryKey: ['segments'] });

/** Members follow a change of the rule or of exclusions within moments: asked for ever less often. */
const COMPUTED_AFTER_MS = [600, 1_500, 4_000];

function askAgainUntilComputed(queryClient: QueryClient): void {
  void (async () => {
    for (const wait of COMPUTED_AFTER_MS) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      await askAgain(queryClient);
      await queryClient.invalidateQueries({ queryKey: ['accounts'] });
    }
    // Whoever reads on asks again anyway; a failed look for news is none.
  })().catch(() => undefined);
}

/** PATCH /segments/:id: shares a segment or makes it private, with undo. */
export function useShareSegment() {
  const queryClient = useQueryClient();
  const share = useMutation({
    mutationFn: ({
      segment,
      visibility,
    }: {
      segment: Segment;
      visibility: Segment['visibility'];
      undone?: boolean;
    }) => {
      const body: UpdateSegment = { visibility, revision: segment.revision };
      return request<Segment>('PATCH', `/segments/${segment.id}`, { body });
    },
    onSuccess: async (after, { segment, undone }) => {
      await askAgain(queryClient);
      const said = after.visibility === 'shared' ? 'is shared with everyone' : 'is yours alone now';
      if (undone) toast('Undone');
      else {
        undoToast(`“${after.name}” ${said}`, () =>
          share.mutate({ segment: after, visibility: segment.visibility, undone: true }),
        );
      }
    },
    onError: async (error) => {
      await askAgain(queryClient);
      toastError('The segment was not changed', error);
    },
  });
  return share;
}

/** POST /segments/:id/copy: the copy is private and one's own; undo takes it away again. */
export function useCopySegment() {
  const queryClient = useQueryClient();
  const remove = useRemoveSegment();
  return useMutation({
    mutationFn: (segment: Segment) =>
      request<Segment>('POST', `/segments/${segment.id}/copy`, {
        body: { name: `${segment.name} (copy)`.slice(0, 100) },
      }),
    onSuccess: async (copy) => {
      await askAgain(queryClient);
      undoToast(`“${copy.name}” is yours`, () => remove.mutate(copy.id));
      askAgainUntilComputed(queryClient);
    },
    onError: (error) => toastError('The segment was not copied', error),
  });
}

/** DELETE /segments/:id: its history goes with it, and nothing brings it back. */
export function useRemoveSegment() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request<Segment>('DELETE', `/segments/${id}`),
    onSuccess: (_answer, id) => {
      queryClient.removeQueries({ queryKey: ['segments', id] });
      return queryClient.invalidateQueries({ queryKey: ['segments', 'list'] });
    },
    onError: (error) => toastError('The segment was not deleted', error),
  });
}

interface KeepOut extends Exclude {
  accounts: readonly { id: string; name: string }[];
}

/** PUT /segments/:id/exclusions/:accountId, one by one; undo lets them in again. */
export function useExclude(segmentId: string) {
  const queryClient = useQueryClient();
  const readmit = useReadmit(segmentId);
  return useMutation({
    mutationFn: async ({ accounts, reason, untilDay }: KeepOut) => {
      for (const { id } of accounts) {
        await request('PUT', `/segments/${segmentId}/exclusions/${id}`, { body: { reason, untilDay } });
      }
    },
    onSuccess: (_answer, { accounts }) => {
      const [first] = accounts;
      const who = accounts.length === 1 && first ? first.name : `${accounts.length} accounts`;
      undoToast(`${who} kept out`, () => readmit.mutate(accounts.map(({ id }) => id)));
    },
    onError: (error) => toastError('Not all were kept out', error),
    onSettled: async () => {
      await askAgain(queryClient);
      askAgainUntilComputed(queryClient);
    },
  });
}

/** DELETE /segments/:id/exclusions/:accountId: the rule decides again. */
export function useReadmit(segmentId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (accountIds: readonly string[]) => {
      for (const id of accountIds) await request('DELETE', `/segments/${segmentId}/exclusions/${id}`);
    },
    onError: (error) => toastError('It was not let in again', error),
    onSettled: async () => {
      await askAgain(queryClient);
      askAgainUntilComputed(queryClient);
    },
  });
}
