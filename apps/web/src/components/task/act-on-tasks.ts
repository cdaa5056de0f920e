import type { Task, TaskAction, TaskActionAnswer } from '@steward/shared/tasks';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { request } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';
import { toast, toastError } from '../ui/toast.js';
import { undoToast } from '../ui/undo-toast.js';

type Target = Pick<Task, 'accountId' | 'id' | 'revision'>;
type WithoutTargets<T> = T extends unknown ? Omit<T, 'tasks'> : never;
export type TaskDeed = WithoutTargets<TaskAction>;

export interface ActOnTasks {
  deed: TaskDeed;
  tasks: readonly Target[];
  /** "Send the plan: done". */
  said: string;
}

export const sendTaskDeed = (deed: TaskDeed, tasks: readonly Target[]) =>
  request<TaskActionAnswer>('POST', '/tasks/actions', {
    body: { ...deed, tasks: tasks.map(({ accountId, id, revision }) => ({ accountId, id, revision })) },
  });

export async function askAgainForTasks(queryClient: QueryClient): Promise<void> {
  await Promise.all(
    [['tasks'], ['goals'], ['today'], ['account'], ['alerts'], ['playbooks', 'list']].map((queryKey) =>
      queryClient.invalidateQueries({ queryKey }),
    ),
  );
}

/** What could not be done, each reason once: of two people who complete one task the second reads who was first. */
export function refusedText(answer: TaskActionAnswer): string | null {
  const refused = answer.results.flatMap((result) => (result.ok ? [] : [result.message]));
  if (refused.length === 0) return null;
  const reasons = [...new Set(refused)].join(' · ');
  return answer.results.length === 1 ? reasons : `${refused.length} of ${answer.results.length} not done: ${reasons}`;
}

/** Takes back the last deed on this page, for Z; a toast takes back its own. */
let takeBack: (() => void) | null = null;
export function undoLastDeed(): void {
  takeBack?.();
}

/** POST /tasks/actions for one or many, with undo; what was refused is told by its reason. */
export function useActOnTasks() {
  const queryClient = useQueryClient();
  const undo = useMutation({
    mutationFn: (tasks: readonly Target[]) => sendTaskDeed({ action: 'undo' }, tasks),
    onSuccess: (answer) => {
      const refused = refusedText(answer);
      if (refused === null) toast('Undone');
      else toastError('Not all was taken back', new Error(refused));
    },
    onError: (error) => toastError('It was not taken back', error),
    onSettled: () => askAgainForTasks(queryClient),
  });
  return useMutation({
    mutationFn: ({ deed, tasks }: ActOnTasks) => sendTaskDeed(deed, tasks),
    onSuccess: (answer, { said }) => {
      const refused = refusedText(answer);
      const done = answer.results.flatMap((result) => (result.ok ? [result.task] : []));
      if (refused !== null) toastError('Not done', new Error(refused));
      if (done.length === 0) return;
      const undoThis = () => {
        if (takeBack === undoThis) takeBack = null;
        undo.mutate(done);
      };
      takeBack = undoThis;
      undoToast(said, undoThis);
    },
    onError: (error) => toastError('It was not done', error),
    onSettled: () => askAgainForTasks(queryClient),
  });
}
