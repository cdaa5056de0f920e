import { hasBrokenField, mergeFieldsIn } from '@steward/shared/alert-reason';
import type { AlertRuleDefinition } from '@steward/shared/alert-rules';
import type { Rule } from '@steward/shared/rules';
import type { PublishedModel } from '../../db/rules/catalogue.reader.js';
import { keptWrongly } from '../../db/rules/check-kept.js';
import { checkRule } from '../../db/rules/check-rule.js';
import { type KnownSegment, namedWrongly } from '../../domain/segments/named-segments.js';
import type { Scope } from '../../platform/auth/scope.js';
import { type ErrorDetail, InvalidInput } from '../../platform/errors/app-error.js';

type Conditions = Pick<AlertRuleDefinition, 'rule' | 'clearRule'>;
type Checked = Partial<Pick<AlertRuleDefinition, 'rule' | 'clearRule' | 'reason' | 'tiers' | 'tierSeverity'>>;

/** Everything that is wrong with what an alert rule says, each with its place. What is not given is not looked at. */
export function problemsOf(
  given: Checked,
  { catalogue, tiers }: Pick<PublishedModel, 'catalogue' | 'tiers'>,
  segments: readonly KnownSegment[],
): ErrorDetail[] {
  const inRule = (at: string, rule: Rule | null | undefined): ErrorDetail[] => {
    if (rule === null || rule === undefined) return [];
    const problems = [...checkRule(rule, catalogue, { purpose: 'alert' }), ...namedWrongly(rule, 'account', segments)];
    return placed(at, problems);
  };
  const isTier = (key: string) => tiers.some((tier) => tier.key === key);
  const noTier = (path: string, key: string): ErrorDetail[] =>
    isTier(key) ? [] : [{ path, code: 'UNKNOWN_TIER', message: `there is no tier ${key}` }];
  return [
    ...inRule('rule', given.rule),
    ...inRule('clearRule', given.clearRule),
    ...(hasBrokenField(given.reason ?? '')
      ? [{ path: 'reason', code: 'BROKEN_FIELD', message: 'a field in the text is written as {{health.score}}' }]
      : []),
    ...mergeFieldsIn(given.reason ?? '').flatMap((key) =>
      catalogue.fields.has(key)
        ? []
        : [{ path: 'reason', code: 'UNKNOWN_FIELD', message: `there is no field ${key.slice(0, 80)}` }],
    ),
    ...(given.tiers ?? []).flatMap((key, place) => noTier(`tiers.${place}`, key)),
    ...Object.keys(given.tierSeverity ?? {}).flatMap((key) => noTier(`tierSeverity.${key}`, key)),
  ];
}

/** What this person may not keep of it. */
export function keptWronglyIn({ rule, clearRule }: Conditions, keeper: Scope): ErrorDetail[] {
  return [
    ...placed('rule', keptWrongly(rule, keeper)),
    ...(clearRule === null ? [] : placed('clearRule', keptWrongly(clearRule, keeper))),
  ];
}

function placed(at: string, problems: readonly ErrorDetail[]): ErrorDetail[] {
  return problems.map((problem) => ({ ...problem, path: `${at}.${problem.path}`.replace(/\.$/, '') }));
}

export function refuse(problems: readonly ErrorDetail[]): void {
  const [first] = problems;
  if (first) throw new InvalidInput(`${first.path}: ${first.message}`, problems, 'RULE_NOT_VALID');
}
