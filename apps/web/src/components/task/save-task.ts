import type { CreateTask, Task, UpdateTask } from '@steward/shared/tasks';
import { useQueryClient } from '@tanstack/react-query';
import { ApiError, request } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';
import { toast, toastError } from '../ui/toast.js';
import { askAgainForTasks } from './act-on-tasks.js';

/** POST /accounts/:id/tasks: by hand. */
export function useCreateTask() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ account, task }: { account: { id: string; name: string }; task: CreateTask }) =>
      request<Task>('POST', `/accounts/${account.id}/tasks`, { body: task }),
    onSuccess: async (task, { account }) => {
      toast(`Task for ${task.assignee?.name ?? 'nobody'} on ${account.name}: ${task.title}`);
      await askAgainForTasks(queryClient);
    },
    onError: (error) => toastError('The task was not made', error),
  });
}

/** PATCH /tasks/:accountId/:id: what a task by hand says. Refused when somebody else was quicker; theirs is then shown. */
export function useUpdateTask() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ task, change }: { task: Task; change: Omit<UpdateTask, 'revision'> }) =>
      request<Task>('PATCH', `/tasks/${task.accountId}/${task.id}`, { body: { ...change, revision: task.revision } }),
    onSuccess: async () => {
      toast('The task was changed');
      await askAgainForTasks(queryClient);
    },
    onError: async (error) => {
      if (error instanceof ApiError && error.status === 409) await askAgainForTasks(queryClient);
      toastError('The task was not changed', error);
    },
  });
}
