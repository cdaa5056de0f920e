import type { IsoDay } from '@steward/shared/common';
import type { BegunGoal, Goal, GoalDetail, GoalList, GoalScope } from '@steward/shared/goals';
import type { Playbook, PlaybookList } from '@steward/shared/playbooks';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { request } from '../../lib/api.js';

export interface GoalQuestion {
  scope: GoalScope;
  status?: string;
  kind?: string;
  playbookId?: string;
  ownerUserId?: string;
  dueFrom?: string;
  dueTo?: string;
  text?: string;
  offset?: number;
  limit?: number;
}

/** GET /goals: live ones by due day, then ended ones, newest first. */
export const goalsQuery = (question: GoalQuestion) =>
  queryOptions({
    queryKey: ['goals', 'list', question],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => request<GoalList>('GET', '/goals', { query: { ...question }, signal }),
  });

/** GET /goals/:accountId/:goalId: with its tasks, history and measured values. */
export const goalQuery = (accountId: string, id: string) =>
  queryOptions({
    queryKey: ['goals', accountId, id],
    queryFn: ({ signal }) => request<GoalDetail>('GET', `/goals/${accountId}/${id}`, { signal }),
  });

/** GET /accounts/:id/goals: live ones first, then the newest. */
export const accountGoalsQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['account', accountId, 'goals'],
    queryFn: ({ signal }) => request<{ goals: Goal[] }>('GET', `/accounts/${accountId}/goals`, { signal }),
  });

/** GET /accounts/:id/goals-begun?asOf=: those that had begun by an earlier day, as they stood then. */
export const begunGoalsQuery = (accountId: string, asOf: IsoDay) =>
  queryOptions({
    queryKey: ['account', accountId, 'goals', 'begun', asOf],
    queryFn: ({ signal }) =>
      request<{ goals: BegunGoal[] }>('GET', `/accounts/${accountId}/goals-begun`, { query: { asOf }, signal }),
  });

/** GET /playbooks: all that are not deleted, by kind and name. */
export const playbooksQuery = queryOptions({
  queryKey: ['playbooks', 'list'],
  queryFn: async ({ signal }) => (await request<PlaybookList>('GET', '/playbooks', { signal })).playbooks,
});

const NO_PLAYBOOKS: Playbook[] = [];

export function usePlaybooks(): Playbook[] {
  return useQuery(playbooksQuery).data ?? NO_PLAYBOOKS;
}
