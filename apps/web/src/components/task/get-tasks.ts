import type { TaskList } from '@steward/shared/tasks';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from '../../lib/api.js';

export interface TaskQuestion {
  scope: 'mine' | 'team' | 'unassigned' | 'all';
  /** With commas between; without it open ones. */
  state?: string;
  due?: string;
  accountId?: string;
  assigneeUserId?: string;
  /** Snoozed ones too. */
  snoozed?: boolean;
  text?: string;
  offset?: number;
  limit?: number;
}

/** GET /tasks: open ones by due day, then ended ones, newest first. */
export const tasksQuery = (question: TaskQuestion) =>
  queryOptions({
    queryKey: ['tasks', question],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => request<TaskList>('GET', '/tasks', { query: { ...question }, signal }),
  });
