import type { AlertRuleList } from '@steward/shared/alert-rules';
import type {
  DryRunOnAccount,
  DryRunToday,
  PlannedGoal,
  Playbook,
  PlaybookEffect,
  PlaybookVersions,
  WouldGetIt,
} from '@steward/shared/playbooks';
import { queryOptions } from '@tanstack/react-query';
import { request } from '../../../lib/api.js';
import { useMutation } from '../../../lib/mutation.js';

/** GET /playbooks/:id */
export const playbookQuery = (id: string) =>
  queryOptions({
    queryKey: ['playbooks', id],
    queryFn: ({ signal }) => request<Playbook>('GET', `/playbooks/${id}`, { signal }),
  });

/** GET /playbooks/:id/versions: newest first. */
export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['playbooks', id, 'versions'],
    queryFn: async ({ signal }) =>
      (await request<PlaybookVersions>('GET', `/playbooks/${id}/versions`, { signal })).versions,
  });

/** GET /playbooks/:id/effect */
export const effectQuery = (id: string, from: string | undefined) =>
  queryOptions({
    queryKey: ['playbooks', id, 'effect', from ?? null],
    queryFn: ({ signal }) => request<PlaybookEffect>('GET', `/playbooks/${id}/effect`, { query: { from }, signal }),
  });

/** GET /alert-rules: by name, for triggers. */
export const alertRuleNamesQuery = queryOptions({
  queryKey: ['alert-rules', 'list'],
  queryFn: async ({ signal }) => (await request<AlertRuleList>('GET', '/alert-rules', { signal })).rules,
});

/** POST /playbooks/dry-run: the goal as it would be on one account; nothing is stored. */
export function useDryRunOnAccount() {
  return useMutation({
    mutationFn: (asked: DryRunOnAccount) => request<PlannedGoal>('POST', '/playbooks/dry-run', { body: asked }),
  });
}

/** POST /playbooks/dry-run-today: who would get it today by its triggers. */
export function useDryRunToday() {
  return useMutation({
    mutationFn: (asked: DryRunToday) => request<WouldGetIt>('POST', '/playbooks/dry-run-today', { body: asked }),
  });
}
