import type {
  AlertDryRun,
  AlertDryRunAnswer,
  AlertQuality,
  AlertRuleDetail,
  AlertRuleList,
} from '@steward/shared/alert-rules';
import { queryOptions } from '@tanstack/react-query';
import { request } from '../../../lib/api.js';
import { useMutation } from '../../../lib/mutation.js';

export type ListedRule = AlertRuleList['rules'][number];

/** GET /alert-rules */
export const rulesQuery = queryOptions({
  queryKey: ['alert-rules', 'list'],
  queryFn: async ({ signal }) => (await request<AlertRuleList>('GET', '/alert-rules', { signal })).rules,
});

/** GET /alert-rules/quality: of the alerts that opened in the last 90 days. */
export const qualityQuery = queryOptions({
  queryKey: ['alert-rules', 'quality'],
  queryFn: ({ signal }) => request<AlertQuality>('GET', '/alert-rules/quality', { signal }),
});

/** GET /alert-rules/:id */
export const ruleQuery = (id: string) =>
  queryOptions({
    queryKey: ['alert-rules', id],
    queryFn: ({ signal }) => request<AlertRuleDetail>('GET', `/alert-rules/${id}`, { signal }),
  });

/** POST /alert-rules/dry-run: what the rule would find, of which nothing is kept. */
export function useDryRun() {
  return useMutation({
    mutationFn: (asked: AlertDryRun) => request<AlertDryRunAnswer>('POST', '/alert-rules/dry-run', { body: asked }),
  });
}
