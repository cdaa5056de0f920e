import type { Goal } from '@steward/shared/goals';
import type { Task, TaskList } from '@steward/shared/tasks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { errorText, request } from '../../lib/api.js';
import { plural } from '../../lib/format.js';
import { useMutation } from '../../lib/mutation.js';
import { askAgainForGoals, sendGoalDeed } from '../goal/act-on-goal.js';
import { accountGoalsQuery } from '../goal/get-goals.js';
import { isLive } from '../goal/goal-words.js';
import { refusedText, sendTaskDeed } from '../task/act-on-tasks.js';
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

const CANCEL = { action: 'cancel', reason: 'customerLeft', note: null, cancelTasks: true } as const;
const SKIP = { action: 'skip', note: 'The customer has left.' } as const;

interface Ended extends Work {
  /** Why not all of it was ended; null: it was. */
  refused: string | null;
}

async function endWork(accountId: string, goals: readonly Goal[]): Promise<Ended> {
  const answers = await Promise.allSettled(goals.map((goal) => sendGoalDeed(goal, CANCEL)));
  const ended = answers.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const reasons = answers.flatMap((each) => (each.status === 'rejected' ? [errorText(each.reason)] : []));
  // Those of the goals went with them.
  const { rows } = await request<TaskList>('GET', '/tasks', { query: { ...openTasks(accountId) } });
  if (rows.length === 0) return { goals: ended, tasks: [], refused: reasons[0] ?? null };
  const skipped = await sendTaskDeed(
    SKIP,
    rows.map(({ task }) => task),
  );
  const tasks = skipped.results.flatMap((result) => (result.ok ? [result.task] : []));
  return { goals: ended, tasks, refused: reasons[0] ?? refusedText(skipped) };
}

/** Ends what is under way for an account whose customer has left, with one way back. What is refused is told, and the rest goes on. */
export function useEndWork({ id, name }: { id: string; name: string }) {
  const queryClient = useQueryClient();
  const settled = { onSettled: () => askAgainForGoals(queryClient) };
  const undo = useMutation({
    mutationFn: async ({ goals, tasks }: Work) => {
      const answers = await Promise.allSettled(goals.map((goal) => sendGoalDeed(goal, { action: 'undo' })));
      const reasons = answers.flatMap((each) => (each.status === 'rejected' ? [errorText(each.reason)] : []));
      const refused = tasks.length === 0 ? null : refusedText(await sendTaskDeed({ action: 'undo' }, tasks));
      return reasons[0] ?? refused;
    },
    onSuccess: (refused) =>
      refused === null ? toast('Undone') : toastError('Not all of it was taken back', new Error(refused)),
    onError: (error) => toastError('Not all of it was taken back', error),
    ...settled,
  });
  return useMutation({
    mutationFn: ({ goals }: Work) => endWork(id, goals),
    onSuccess: (ended, work) => {
      const { goals, tasks, refused } = ended;
      if (refused !== null) toastError('Not all of its goals and tasks were ended', new Error(refused));
      if (goals.length + tasks.length === 0) return;
      undoToast(`${name}: ${workWords(refused === null ? work : ended)} ended`, () => undo.mutate(ended));
    },
    onError: (error) => toastError('Not all of its goals and tasks were ended', error),
    ...settled,
  });
}
