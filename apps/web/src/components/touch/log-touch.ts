import type { AccountPlan, SetPlan } from '@steward/shared/account-plan';
import type { TaskActionAnswer } from '@steward/shared/tasks';
import type { LoggedTouch, LogTouch, Touchpoint, UpdateTouch } from '@steward/shared/touchpoints';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { request } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';
import { toast, toastError } from '../ui/toast.js';
import { undoToast } from '../ui/undo-toast.js';
import { loggedText } from './touch-words.js';

export const touchPath = (accountId: string, id: string): string =>
  `/accounts/${accountId}/touchpoints/${encodeURIComponent(id)}`;

/** What a touch shows in: the account, lists with its last touch, tasks and the day's work. */
export const askAgainAfterTouch = (queryClient: QueryClient): Promise<unknown> =>
  Promise.all(
    [['account'], ['accounts'], ['today'], ['tasks'], ['pulse-gaps']].map((queryKey) =>
      queryClient.invalidateQueries({ queryKey }),
    ),
  );

/** The next step goes back to what it was, unless somebody has changed it since. */
async function restoreNextStep(accountId: string, before: AccountPlan, logged: LogTouch): Promise<void> {
  const now = await request<AccountPlan>('GET', `/accounts/${accountId}/plan`);
  if (now.nextStep?.text !== logged.nextStep?.text) return;
  const { note, mentions, objectives, links, revision } = now;
  const step = before.nextStep;
  const body: SetPlan = {
    revision,
    note,
    mentions: mentions.map(({ userId }) => userId),
    objectives,
    links,
    nextStep: step && { text: step.text, day: step.day, ownerUserId: step.owner?.userId ?? null },
  };
  await request<AccountPlan>('PUT', `/accounts/${accountId}/plan`, { body });
}

interface Logging {
  account: { id: string; name: string };
  touch: LogTouch;
}

/** POST /accounts/:id/touchpoints; undo takes the touch back with the task and the next step that came of it. */
export function useLogTouch() {
  const queryClient = useQueryClient();
  const undo = useMutation({
    mutationFn: async ({
      account,
      touch,
      logged,
      before,
    }: Logging & { logged: LoggedTouch; before: AccountPlan | null }) => {
      await request<void>('DELETE', touchPath(account.id, logged.touchpoint.id));
      const { task } = logged.changed;
      if (task !== null) {
        const tasks = [{ accountId: account.id, id: task.id, revision: 1 }];
        await request<TaskActionAnswer>('POST', '/tasks/actions', { body: { action: 'cancel', tasks } });
      }
      if (before !== null) await restoreNextStep(account.id, before, touch);
    },
    onSuccess: () => toast('The touch was taken back'),
    onError: (error) => toastError('Not all was taken back', error),
    onSettled: () => askAgainAfterTouch(queryClient),
  });
  return useMutation({
    mutationFn: async ({ account, touch }: Logging) => {
      const before = touch.nextStep === null ? null : await request<AccountPlan>('GET', `/accounts/${account.id}/plan`);
      const logged = await request<LoggedTouch>('POST', `/accounts/${account.id}/touchpoints`, { body: touch });
      return { logged, before };
    },
    onSuccess: async ({ logged, before }, { account, touch }) => {
      undoToast(loggedText(logged, account.name), () => undo.mutate({ account, touch, logged, before }));
      await askAgainAfterTouch(queryClient);
    },
    onError: (error) => toastError('The touch was not logged', error),
  });
}

/** PATCH …/touchpoints/:id */
export function useChangeTouch() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ touch, change }: { touch: Touchpoint; change: UpdateTouch }) =>
      request<Touchpoint>('PATCH', touchPath(touch.accountId, touch.id), { body: change }),
    onSuccess: () => toast('The touch was changed'),
    onError: (error) => toastError('The touch was not changed', error),
    onSettled: () => askAgainAfterTouch(queryClient),
  });
}

/** DELETE …/touchpoints/:id, with undo. */
export function useRemoveTouch() {
  const queryClient = useQueryClient();
  const restore = useMutation({
    mutationFn: ({ accountId, id }: { accountId: string; id: string }) =>
      request<Touchpoint>('POST', `${touchPath(accountId, id)}/restore`),
    onSuccess: () => toast('The touch is back'),
    onError: (error) => toastError('The touch was not brought back', error),
    onSettled: () => askAgainAfterTouch(queryClient),
  });
  return useMutation({
    mutationFn: ({ accountId, id }: { accountId: string; id: string }) =>
      request<void>('DELETE', touchPath(accountId, id)),
    onSuccess: (_answer, which) => undoToast('The touch was removed', () => restore.mutate(which)),
    onError: (error) => toastError('The touch was not removed', error),
    onSettled: () => askAgainAfterTouch(queryClient),
  });
}
