import { useDebouncedValue } from '@mantine/hooks';
import type { Rule } from '@steward/shared/rules';
import type { SegmentPreview, SegmentPreviewQuery } from '@steward/shared/segment-preview';
import type { SegmentOf } from '@steward/shared/segments';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { ApiError, request } from '../../lib/api.js';
import type { RuleError, RulePurpose } from './builder-context.js';

const PAUSE_MS = 300;
const ROWS = 8;

export interface RulePreviewState {
  /** What the last whole rule finds; null before the first answer. */
  found: SegmentPreview | null;
  /** What is shown is not yet of the rule as it stands. */
  isStale: boolean;
  /** What the server says of the rule, by place. */
  errors: RuleError[];
  withoutValue: SegmentPreview['withoutValue'];
  /** Why there is no answer, where the rule is not at fault. */
  failure: Error | null;
}

/** POST /segments/preview. Each rule is a question of its own: an answer that comes late is of a rule no longer asked. */
const previewQuery = (asked: SegmentPreviewQuery) =>
  queryOptions({
    queryKey: ['segments', 'preview', asked],
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 30_000,
    queryFn: ({ signal }) => request<SegmentPreview>('POST', '/segments/preview', { body: asked, signal }),
  });

interface Asked {
  of: SegmentOf;
  /** The last whole rule. */
  rule: Rule;
  purpose: RulePurpose;
}

/** What a rule finds while it is being written: asked when the typing pauses. */
export function useRulePreview({ of, rule, purpose }: Asked): RulePreviewState {
  const text = JSON.stringify(rule);
  const [settled] = useDebouncedValue(text, PAUSE_MS);
  const answer = useQuery(previewQuery({ of, rule: JSON.parse(settled) as Rule, purpose, limit: ROWS }));
  const isStale = settled !== text || answer.isPlaceholderData || answer.isPending;
  const errors = settled === text ? errorsOfRefusal(answer.error) : [];
  return {
    found: answer.data?.of === of ? answer.data : null,
    isStale,
    errors,
    withoutValue: isStale || answer.error ? [] : (answer.data?.withoutValue ?? []),
    failure: errors.length > 0 ? null : answer.error,
  };
}

/** What a refusal says of the rule, with places within the rule; empty where it is about something else. */
export function errorsOfRefusal(error: Error | null): RuleError[] {
  if (!(error instanceof ApiError)) return [];
  return error.details
    .filter(({ path }) => path === 'rule' || path.startsWith('rule.'))
    .map(({ path, message }) => ({ path: path.replace(/^rule\.?/, ''), message }));
}
