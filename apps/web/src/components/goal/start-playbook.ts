import type { Goal, StartGoal } from '@steward/shared/goals';
import type { PlannedGoal, Playbook } from '@steward/shared/playbooks';
import { keepPreviousData, queryOptions, useQueryClient } from '@tanstack/react-query';
import { request } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';
import { undoToast } from '../ui/undo-toast.js';
import { askAgainForGoals, useActOnGoal } from './act-on-goal.js';

/** POST /playbooks/dry-run: the goal as it would be on the account; nothing is stored. */
export const plannedQuery = (playbook: Playbook | null, accountId: string, startDay: string | null) =>
  queryOptions({
    queryKey: ['playbooks', 'planned', playbook?.id, playbook?.revision, accountId, startDay],
    enabled: playbook !== null,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 0,
    queryFn: ({ signal }) =>
      request<PlannedGoal>('POST', '/playbooks/dry-run', {
        body: { definition: playbook?.definition, playbookId: playbook?.id, accountId, startDay },
        signal,
      }),
  });

/** POST /accounts/:id/goals; undo cancels the goal with its tasks. */
export function useStartPlaybook(account: { id: string; name: string }) {
  const queryClient = useQueryClient();
  const act = useActOnGoal();
  return useMutation({
    mutationFn: (asked: StartGoal) => request<Goal>('POST', `/accounts/${account.id}/goals`, { body: asked }),
    onSuccess: (goal) =>
      undoToast(`${account.name}: “${goal.name}” is started`, () =>
        act.mutate({
          goal,
          deed: { action: 'cancel', reason: 'other', note: 'Started by mistake', cancelTasks: true },
          said: `${account.name}: “${goal.name}” is cancelled`,
        }),
      ),
    onSettled: () => askAgainForGoals(queryClient),
  });
}
