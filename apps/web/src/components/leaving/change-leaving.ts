import type { Leaving, LeavingState, RecordChurn } from '@steward/shared/leaving';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { request } from '../../lib/api.js';
import { formatDay } from '../../lib/days.js';
import { useMutation } from '../../lib/mutation.js';
import { refreshAccount } from '../../lib/refresh-account.js';
import { toast, toastError } from '../ui/toast.js';
import { undoToast } from '../ui/undo-toast.js';

interface Account {
  id: string;
  name: string;
}

async function askAgain(queryClient: QueryClient, accountId: string): Promise<void> {
  await Promise.all([
    refreshAccount(queryClient, accountId),
    ...[['renewals'], ['today']].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
  ]);
}

/** The notice that stood, as it was given; null: none was, or an import brought its days. */
export function noticeOf({ noticeGivenOn, leavesOn, notice }: LeavingState): Leaving | null {
  if (noticeGivenOn === null || notice === null) return null;
  return { noticeGivenOn, leavesOn, reasonKey: notice.reason?.key ?? null, note: notice.note };
}

/** Notice and churn of an account, each with the way back. */
export function useLeaving({ id, name }: Account) {
  const queryClient = useQueryClient();
  const settled = { onSettled: () => askAgain(queryClient, id) };
  const path = `/accounts/${id}`;
  const give = (body: Leaving) => request<LeavingState>('POST', `${path}/leaving`, { body });
  const notice = useMutation({
    mutationFn: ({ given }: { given: Leaving; before: LeavingState }) => give(given),
    onSuccess: (after, { before }) => {
      const when = after.leavesOn === null ? 'leaving' : `leaves on ${formatDay(after.leavesOn)}`;
      // What stood before this notice comes back: the one it took the place of, or none.
      undoToast(`${name}: ${when}`, () => back.mutate(noticeOf(before)));
    },
    ...settled,
  });
  const back = useMutation({
    mutationFn: (before: Leaving | null) =>
      before === null ? request<LeavingState>('DELETE', `${path}/leaving`) : give(before),
    onSuccess: () => toast('Undone'),
    onError: (error) => toastError('The notice was not taken back', error),
    ...settled,
  });
  const stay = useMutation({
    mutationFn: (_before: LeavingState) => request<LeavingState>('DELETE', `${path}/leaving`),
    onSuccess: (_after, before) => {
      const was = noticeOf(before);
      if (was === null) toast(`${name} stays`);
      else undoToast(`${name} stays`, () => back.mutate(was));
    },
    onError: (error) => toastError('The notice was not taken back', error),
    ...settled,
  });
  const churn = useMutation({
    mutationFn: (body: RecordChurn) => request<LeavingState>('POST', `${path}/churn`, { body }),
    onSuccess: () => undoToast(`${name}: churn recorded`, () => undoChurn.mutate()),
    ...settled,
  });
  const undoChurn = useMutation({
    mutationFn: () => request<LeavingState>('DELETE', `${path}/churn`),
    onSuccess: () => toast(`${name} is a customer again`),
    onError: (error) => toastError('The churn was not taken back', error),
    ...settled,
  });
  return { notice, stay, churn, undoChurn };
}
