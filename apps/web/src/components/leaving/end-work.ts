import type { Goal, GoalAction } from '@steward/shared/goals';
import type { Task, TaskAction, TaskActionAnswer, TaskList } from '@steward/shared/tasks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../../lib/api.js';
import { plural } from '../../lib/format.js';
import { useMutation } from '../../lib/mutation.js';
import { askAgainForGoals } from '../goal/act-on-goal.js';
import { accountGoalsQuery } from '../goal/get-goals.js';
import { isLive } from '../goal/goal-words.js';
import { type TaskQuestion, tasksQuery } from '../task/get-tasks.js';
import { toast, toastError } from '../ui/toast.js';
import { undoToast } from '../ui/undo-toast.js';

/** What is under way for an account: its live goals, and its open tasks, those of the goals among them. */
export interface Work {
  goals: readonly Goal[];
  tasks: readonly Task[];
}

const openTasks = (accountId: string): TaskQuestion => ({ scope: 'all', accountId, snoozed: true, limit: 500 });

/** Null: it is not known yet, or nothing is under way. */
export function useWork(accountId: string): Work | null {
  const goals = useQuery(accountGoalsQuery(accountId)).data?.goals.filter(isLive);
  const tasks = useQuery(tasksQuery(openTasks(accountId))).data?.rows.map(({ task }) => task);
  if (!goals || !tasks || goals.length + tasks.length === 0) return null;
  return { goals, tasks };
}

/** “2 live goals and 5 open tasks” */
export function workWords({ goals, tasks }: Work): string {
  const counts = [goals.length && plural(goals.length, 'live goal'), tasks.length && plural(tasks.length, 'open task')];
  return counts.filter(Boolean).join(' and ');
}

const LEFT = 'The customer has left.';

const actOnGoal = (goal: Goal, action: GoalAction) =>
  request<Goal>('POST', `/goals/${goal.accountId}/${goal.id}/actions`, { body: action });

const actOnTasks = async (tasks: readonly Task[], action: 'skip' | 'undo'): Promise<Task[]> => {
  if (tasks.length === 0) return [];
  const targets = tasks.map(({ accountId, id, revision }) => ({ accountId, id, revision }));
  const body: TaskAction = action === 'skip' ? { action, tasks: targets, note: LEFT } : { action, tasks: targets };
  const { results } = await request<TaskActionAnswer>('POST', '/tasks/actions', { body });
  return results.flatMap((result) => (result.ok ? [result.task] : []));
};

/** Ends what is under way for an account whose customer has left, with one way back. What somebody else ended meanwhile stays theirs. */
export function useEndWork({ id, name }: { id: string; name: string }) {
  const queryClient = useQueryClient();
  const settled = { onSettled: () => askAgainForGoals(queryClient) };
  const undo = useMutation({
    mutationFn: async ({ goals, tasks }: Work) => {
      for (const goal of goals) await actOnGoal(goal, { action: 'undo', revision: goal.revision });
      await actOnTasks(tasks, 'undo');
    },
    onSuccess: () => toast('Undone'),
    onError: (error) => toastError('Not all of it was taken back', error),
    ...settled,
  });
  return useMutation({
    mutationFn: async ({ goals }: Work): Promise<Work> => {
      const ended: Goal[] = [];
      for (const goal of goals) {
        const { revision } = goal;
        const why = { reason: 'customerLeft', note: null, cancelTasks: true } as const;
        ended.push(await actOnGoal(goal, { action: 'cancel', revision, ...why }));
      }
      // Those of the goals went with them.
      const { rows } = await request<TaskList>('GET', '/tasks', { query: { ...openTasks(id) } });
      const tasks = await actOnTasks(
        rows.map(({ task }) => task),
        'skip',
      );
      return { goals: ended, tasks };
    },
    onSuccess: (ended, work) => undoToast(`${name}: ${workWords(work)} ended`, () => undo.mutate(ended)),
    onError: (error) => toastError('Not all of its goals and tasks were ended', error),
    ...settled,
  });
}
