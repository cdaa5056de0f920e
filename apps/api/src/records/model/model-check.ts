import type { ModelProblem } from '@steward/shared/model-versions';
import { fieldsRead, leavesWithPlace, type Rule } from '@steward/shared/rules';
import type { z } from 'zod';
import type { Catalogue } from '../../db/rules/bindings.js';
import { checkRule, type RulePurpose } from '../../db/rules/check-rule.js';
import { type KnownSegment, namedWrongly } from '../../domain/segments/named-segments.js';
import type { UseOfKey } from './surroundings.repository.js';

/** What a body of the model is held against. */
export interface Surroundings {
  /** With the tiers and stages that the body itself brings. */
  catalogue: Catalogue;
  /** Signals that are no longer computed. */
  retired: ReadonlySet<string>;
  segments: readonly KnownSegment[];
  /** Who names the tiers or stages that the body has no longer. */
  uses: readonly UseOfKey[];
}

export const problem = (path: string, code: string, message: string): ModelProblem => {
  return { severity: 'error', path, code, message };
};

/** What keeps a draft from being whole, in the places of its body. */
export function shapeProblems(schema: z.ZodType, body: unknown): ModelProblem[] {
  const { error } = schema.safeParse(body);
  return (error?.issues ?? [])
    .flatMap((issue) => innermost(issue))
    .map(({ path, isCustom, message }) => {
      const value = path.reduce<unknown>((at, key) => (at as Record<string, unknown> | null | undefined)?.[key], body);
      const isMissing = !isCustom && (value === null || value === '' || value === undefined);
      return isMissing
        ? problem(path.join('.'), 'MISSING', 'is missing')
        : problem(path.join('.'), 'BAD_VALUE', message);
    });
}

type Issue = z.core.$ZodIssue;

/** Of a choice of shapes, what is wrong with the one that was meant: that of the same kind. */
function innermost(
  issue: Issue,
  before: readonly string[] = [],
): { path: string[]; isCustom: boolean; message: string }[] {
  const path = [...before, ...issue.path.map(String)];
  const meant =
    issue.code === 'invalid_union' ? issue.errors.find((of) => of.every((each) => each.path[0] !== 'kind')) : undefined;
  if (meant) return meant.flatMap((each) => innermost(each, path));
  return [{ path, isCustom: issue.code === 'custom', message: issue.message }];
}

/** What is wrong with a rule of the model. */
export function ruleProblems(
  rule: Rule | null,
  path: string,
  purpose: RulePurpose,
  { catalogue, retired, segments }: Surroundings,
): ModelProblem[] {
  if (rule === null) return [];
  const gone = new Set(
    leavesWithPlace(rule).flatMap(({ leaf }) => fieldsRead(leaf).filter((field) => retired.has(field))),
  );
  const wrong = [...checkRule(rule, catalogue, { purpose }), ...namedWrongly(rule, 'account', segments)];
  return wrong.map(({ path: at, code, message }) => {
    const place = `${path}.${at}`.replace(/\.$/, '');
    const retiredField = [...gone].find((field) => code === 'UNKNOWN_FIELD' && message.endsWith(` ${field}`));
    if (retiredField === undefined) return problem(place, code, message);
    return problem(place, 'RETIRED_SIGNAL', `the signal ${retiredField} is retired`);
  });
}

/** Keys that come twice: the second is said. The body's own schema says so of a whole body only. */
export function doubleKeys(keys: readonly string[], pathOf: (place: number) => string): ModelProblem[] {
  return keys.flatMap((key, place) =>
    key !== '' && keys.indexOf(key) < place
      ? [problem(pathOf(place), 'KEY_TAKEN', `there are two with the key ${key}`)]
      : [],
  );
}

/**
 * Tiers and stages that vanish while something names them. What the rest of the model names must stay, because its rules
 * could not be asked any more; what people built on it is for the reader to weigh: it finds nothing by that key any more.
 */
export function vanishingProblems(uses: readonly UseOfKey[], what: 'tier' | 'stage'): ModelProblem[] {
  return uses.map(({ key, by, text }) => ({
    severity: by === 'model' ? 'error' : 'warning',
    path: '',
    code: what === 'tier' ? 'TIER_IN_USE' : 'STAGE_IN_USE',
    message:
      by === 'accounts'
        ? `the ${what} ${key} goes, which ${text.replace(' by hand', '')} ${text.startsWith('1 ') ? 'was' : 'were'} given by hand: the rules decide about ${text.startsWith('1 ') ? 'it' : 'them'} again`
        : `the ${what} ${key} goes, which is named by ${text}`,
  }));
}
