import type { setStageSchema, setTierSchema } from '@steward/shared/accounts';
import { useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { toast, toastError } from '../../components/ui/toast.js';
import { request } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';
import { refreshAccount } from '../../lib/refresh-account.js';

type Judgement =
  | { what: 'tier'; body: z.input<typeof setTierSchema> | null }
  | { what: 'stage'; body: z.input<typeof setStageSchema> | null };

const SAID: Record<Judgement['what'], { set: string; cleared: string }> = {
  tier: { set: 'Tier set by hand', cleared: 'The rules set the tier again' },
  stage: { set: 'Stage moved and locked', cleared: 'The stage is unlocked' },
};

/** PUT /accounts/:id/{tier,stage} sets by hand; DELETE (a null body) returns tier and stage to the rules. */
export function useJudgeAccount(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ what, body }: Judgement) =>
      body === null
        ? request<unknown>('DELETE', `/accounts/${id}/${what}`)
        : request<unknown>('PUT', `/accounts/${id}/${what}`, { body }),
    onSuccess: async (_answer, { what, body }) => {
      toast(body === null ? SAID[what].cleared : SAID[what].set);
      await refreshAccount(queryClient, id);
    },
    onError: (error) => toastError('It was not saved', error),
  });
}
