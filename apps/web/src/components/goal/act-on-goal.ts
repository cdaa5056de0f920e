import type { Goal, GoalAction } from '@steward/shared/goals';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { ApiError, request } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';
import { toast, toastError } from '../ui/toast.js';
import { undoToast } from '../ui/undo-toast.js';

type Named = Pick<Goal, 'accountId' | 'id' | 'revision'>;
type Without<T, Keys extends string> = T extends unknown ? Omit<T, Keys> : never;
export type GoalDeed = Without<GoalAction, 'revision'>;

/** Whatever shows goals or their tasks is asked for again. */
export async function askAgainForGoals(queryClient: QueryClient): Promise<void> {
  await Promise.all(
    [['goals'], ['tasks'], ['today'], ['account'], ['alerts'], ['playbooks', 'list']].map((queryKey) =>
      queryClient.invalidateQueries({ queryKey }),
    ),
  );
}

export const sendGoalDeed = (goal: Named, deed: GoalDeed) =>
  request<Goal>('POST', `/goals/${goal.accountId}/${goal.id}/actions`, {
    body: { ...deed, revision: goal.revision },
  });

/** Somebody else was quicker: what they did is on the screen by now. */
const refusedFor = (error: unknown): unknown =>
  error instanceof ApiError && error.code === 'REVISION_MOVED'
    ? new Error('It has changed since you looked at it. Here it is as it is now; nothing of yours was done.')
    : error;

export interface ActOnGoal {
  goal: Named;
  deed: GoalDeed;
  /** “Harbor Works: achieved”. */
  said: string;
}

/** POST /goals/:accountId/:goalId/actions, with undo. */
export function useActOnGoal() {
  const queryClient = useQueryClient();
  const undo = useMutation({
    mutationFn: (goal: Named) => sendGoalDeed(goal, { action: 'undo' }),
    onSuccess: () => toast('Undone'),
    onError: (error) => toastError('It was not taken back', refusedFor(error)),
    onSettled: () => askAgainForGoals(queryClient),
  });
  return useMutation({
    mutationFn: ({ goal, deed }: ActOnGoal) => sendGoalDeed(goal, deed),
    onSuccess: (after, { said, deed }) => {
      if (deed.action === 'undo') toast(said);
      else undoToast(said, () => undo.mutate(after));
    },
    onError: (error) => toastError('It was not done', refusedFor(error)),
    onSettled: () => askAgainForGoals(queryClient),
  });
}
