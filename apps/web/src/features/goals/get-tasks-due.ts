import type { GoalScope } from '@steward/shared/goals';
import type { TaskList } from '@steward/shared/tasks';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from '../../lib/api.js';

interface TasksDueQuestion {
  scope: GoalScope;
  assigneeUserId?: string | undefined;
  text?: string | undefined;
  dueFrom?: string | undefined;
  dueTo?: string | undefined;
  limit: number;
}

/** GET /tasks: the open ones that are due between two days. */
export const tasksDueQuery = (question: TasksDueQuestion) =>
  queryOptions({
    queryKey: ['tasks', 'due', question],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => request<TaskList>('GET', '/tasks', { query: { ...question }, signal }),
  });
