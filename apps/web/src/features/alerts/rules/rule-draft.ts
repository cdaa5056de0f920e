import {
  ALERT_CHANNELS,
  type AlertRuleDefinition,
  type AlertRuleDetail,
  alertRuleDefinitionSchema,
  DEFAULT_COOL_DOWN_DAYS,
} from '@steward/shared/alert-rules';
import type { Rule } from '@steward/shared/rules';
import { LIVE_ACCOUNTS } from '../../../components/rule-builder/starting-rule.js';
import { ApiError } from '../../../lib/api.js';

/** A rule while it is being written: a condition is null until it is finished. */
export interface RuleDraft extends Omit<AlertRuleDefinition, 'rule' | 'clearRule' | 'coolDownDays'> {
  rule: Rule | null;
  /** Undefined: the usual way of clearing. */
  clearRule: Rule | null | undefined;
  coolDownDays: number | null;
}

/** What a clear rule of one's own begins with. */
export const HEALTHY_AGAIN: Rule = {
  kind: 'all',
  rules: [{ kind: 'compare', field: 'health.band', op: 'eq', value: 'healthy' }],
};

const NEW_RULE: RuleDraft = {
  name: '',
  kind: 'churn',
  reason: '',
  rule: LIVE_ACCOUNTS,
  clearRule: undefined,
  severity: 'medium',
  tierSeverity: {},
  tiers: null,
  ownerRole: 'csm',
  coolDownDays: DEFAULT_COOL_DOWN_DAYS,
  skipInQuietPeriods: false,
  playbookKey: null,
  channels: [...ALERT_CHANNELS],
  enabled: true,
};

export function draftOf(rule: AlertRuleDetail | null): RuleDraft {
  if (rule === null) return NEW_RULE;
  // Only what a rule says: what is kept beside it is not sent back.
  const said = Object.fromEntries(
    Object.keys(alertRuleDefinitionSchema.shape).map((key) => [key, rule[key as keyof AlertRuleDefinition]]),
  ) as AlertRuleDefinition;
  return { ...said, clearRule: said.clearRule ?? undefined };
}

/** What is sent; null while something is missing. */
export function definitionOf(draft: RuleDraft): AlertRuleDefinition | null {
  const { rule, clearRule, coolDownDays } = draft;
  const name = draft.name.trim();
  const reason = draft.reason.trim();
  if (rule === null || clearRule === null || coolDownDays === null || name === '' || reason === '') return null;
  return { ...draft, name, reason, rule, clearRule: clearRule ?? null, coolDownDays };
}

/** What is still to be filled in, by field. */
export function missingIn({ name, reason, coolDownDays }: RuleDraft): Record<string, string> {
  return {
    ...(name.trim() === '' ? { name: 'Enter a name' } : {}),
    ...(reason.trim() === '' ? { reason: 'Say why the alert is raised' } : {}),
    ...(coolDownDays === null ? { coolDownDays: 'Enter a number of days' } : {}),
  };
}

/** What the server says of one field, or of what lies within it; undefined: nothing. */
export function refusalOf(error: Error | null, field: string): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const said = error.details.filter(({ path }) => path === field || path.startsWith(`${field}.`));
  return said.length === 0 ? undefined : said.map(({ message }) => message).join('; ');
}

/** What the server says of a condition, with places within it. */
export function errorsWithin(error: Error | null, field: 'rule' | 'clearRule'): { path: string; message: string }[] {
  if (!(error instanceof ApiError)) return [];
  return error.details
    .filter(({ path }) => path === field || path.startsWith(`${field}.`))
    .map(({ path, message }) => ({ path: path.slice(field.length).replace(/^\./, ''), message }));
}
