import type { AccountPlan, Followers, SetPlan } from '@steward/shared/account-plan';
import type { PulseHistory } from '@steward/shared/pulse';
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { ApiError, request } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';
import { toast, toastError } from '../ui/toast.js';
import { undoToast } from '../ui/undo-toast.js';

/** GET /accounts/:id/plan */
export const planQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['account', accountId, 'plan'],
    queryFn: ({ signal }) => request<AccountPlan>('GET', `/accounts/${accountId}/plan`, { signal }),
  });

/** GET /accounts/:id/pulses: newest first. */
export const pulsesQuery = (accountId: string, asOf: string | undefined) =>
  queryOptions({
    queryKey: ['account', accountId, 'pulses', asOf ?? null],
    queryFn: ({ signal }) => request<PulseHistory>('GET', `/accounts/${accountId}/pulses`, { query: { asOf }, signal }),
  });

export type PlanChange = Partial<Omit<SetPlan, 'revision'>>;

/** The plan as it is sent, with what changes. */
export function planWith(plan: AccountPlan, change: PlanChange): SetPlan {
  const { note, mentions, objectives, nextStep, links, revision } = plan;
  return {
    note,
    mentions: mentions.map(({ userId }) => userId),
    objectives,
    nextStep: nextStep && { text: nextStep.text, day: nextStep.day, ownerUserId: nextStep.owner?.userId ?? null },
    links,
    ...change,
    revision,
  };
}

interface Saving {
  plan: AccountPlan;
  change: PlanChange;
  /** "Next step done". */
  said: string;
}

/** PUT /accounts/:id/plan, with undo. Refused when somebody else was quicker; the page then shows theirs. */
export function useSavePlan(accountId: string) {
  const queryClient = useQueryClient();
  const again = () => queryClient.invalidateQueries({ queryKey: ['account', accountId] });
  const put = (plan: SetPlan) => request<AccountPlan>('PUT', `/accounts/${accountId}/plan`, { body: plan });
  const undo = useMutation({
    mutationFn: ({ before, revision }: { before: AccountPlan; revision: number }) =>
      put({ ...planWith(before, {}), revision }),
    onSuccess: () => toast('Undone'),
    onError: (error) => toastError('It was not taken back', error),
    onSettled: again,
  });
  return useMutation({
    mutationFn: ({ plan, change }: Saving) => put(planWith(plan, change)),
    onSuccess: async (saved, { plan, said }) => {
      queryClient.setQueryData(planQuery(accountId).queryKey, saved);
      undoToast(said, () => undo.mutate({ before: plan, revision: saved.revision }));
      await again();
    },
    onError: async (error) => {
      if (error instanceof ApiError && error.status === 409) await again();
      toastError('The plan was not saved', error);
    },
  });
}

/** PUT and DELETE /accounts/:id/followers/me */
export function useFollow(accountId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (follow: boolean) =>
      request<Followers>(follow ? 'PUT' : 'DELETE', `/accounts/${accountId}/followers/me`),
    onSuccess: ({ following }) =>
      toast(following ? 'You hear of what happens on this account' : 'You no longer follow this account'),
    onError: (error) => toastError('It was not changed', error),
    onSettled: () => queryClient.invalidateQueries({ queryKey: planQuery(accountId).queryKey }),
  });
}
