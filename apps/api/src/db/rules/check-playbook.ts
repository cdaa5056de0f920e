import type { PlaybookDefinition } from '@steward/shared/playbooks';
import { type KnownSegment, namedWrongly } from '../../domain/segments/named-segments.js';
import type { Scope } from '../../platform/auth/scope.js';
import { type Catalogue, isNumeric } from './bindings.js';
import { keptWrongly } from './check-kept.js';
import { checkRule } from './check-rule.js';

/** What is wrong, and where in the definition. */
export interface PlaybookProblem {
  path: string;
  code: string;
  message: string;
}

/** What a playbook may name. */
export interface KnownTriggers {
  /** Shared segments: playbooks are everyone's. */
  segments: readonly KnownSegment[];
  alertRules: readonly { id: string }[];
}

/**
 * What stands in the way of starting a playbook: a target that reads what is not there or is no number, a rule that the
 * catalogue does not bear, a trigger that was deleted. An empty list: it is sound.
 */
export function problemsOf(
  definition: PlaybookDefinition,
  catalogue: Catalogue,
  known: KnownTriggers | null,
): PlaybookProblem[] {
  const problems: PlaybookProblem[] = [];
  const { target, tasks, triggers } = definition;
  if (target.kind === 'signal') {
    const bound = catalogue.fields.get(target.field);
    if (!bound) {
      problems.push({ path: 'target.field', code: 'UNKNOWN_FIELD', message: `there is no field ${target.field}` });
    } else if (!isNumeric(bound)) {
      problems.push({ path: 'target.field', code: 'NOT_A_NUMBER', message: `${bound.field.label} is no number` });
    }
  }
  tasks.forEach(({ completesWhen }, index) => {
    if (completesWhen === null) return;
    const named = known === null ? [] : namedWrongly(completesWhen, 'account', known.segments);
    problems.push(...inTask(index, [...checkRule(completesWhen, catalogue, { purpose: 'task' }), ...named]));
  });
  if (known === null) return problems;
  triggers.segmentIds.forEach((id, index) => {
    if (known.segments.some((segment) => segment.id === id && segment.of === 'account')) return;
    const message = 'there is no such segment of accounts that everybody sees';
    problems.push({ path: `triggers.segmentIds.${index}`, code: 'UNKNOWN_SEGMENT', message });
  });
  triggers.alertRuleIds.forEach((id, index) => {
    if (known.alertRules.some((rule) => rule.id === id)) return;
    problems.push({
      path: `triggers.alertRuleIds.${index}`,
      code: 'UNKNOWN_ALERT_RULE',
      message: 'there is no such alert rule',
    });
  });
  return problems;
}

/** What this person may not keep of its rules. */
export function rulesKeptWrongly({ tasks }: PlaybookDefinition, keeper: Scope): PlaybookProblem[] {
  return tasks.flatMap(({ completesWhen }, index) =>
    completesWhen === null ? [] : inTask(index, keptWrongly(completesWhen, keeper)),
  );
}

function inTask(index: number, problems: readonly PlaybookProblem[]): PlaybookProblem[] {
  return problems.map((problem) => ({
    ...problem,
    path: ['tasks', index, 'completesWhen', problem.path].filter((part) => part !== '').join('.'),
  }));
}
