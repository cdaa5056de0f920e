import { z } from 'zod';
import { idSchema, textSchema } from './common.js';
import { QUANTIFIERS, type Quantifier, RELATED_KINDS, type RelatedKind } from './related.js';
import { RULE_LIMITS } from './rule-limits.js';
import {
  CALENDAR_PERIODS,
  CHANGE_UNITS,
  COMPARE_OPERATORS,
  COUNT_OPERATORS,
  DATE_OPERATORS,
  EVENT_FILTER_OPERATORS,
} from './rule-operators.js';

/**
 * The rule language: one tree for tiers, profile scope, caps, stages, filters and everything that selects accounts.
 * Every leaf is two-valued: a comparison with a value that is not set is false, and the negative operators
 * (`neq`, `notIn`, `notContains`) are the negation of the positive ones, so they include accounts without a value.
 */

const fieldKey = z
  .string()
  .min(1)
  .max(120)
  .regex(/^[A-Za-z][A-Za-z0-9_.-]*$/, 'a field key has letters, digits, dots, dashes and underscores only');

// PostgreSQL neither stores nor compares other texts; they are refused here, with their place.
const text = textSchema(RULE_LIMITS.textLength);
const number = z.number();
/** Days that are kept one by one: closed days of an account, and the events of its contacts. */
const closedDays = z.number().int().min(1).max(RULE_LIMITS.closedDays);
const days = z.number().int().min(0).max(RULE_LIMITS.days);
const isoDay = z.iso.date();

export const scalarOperandSchema = z.union([number, z.boolean(), text]);
// The length is looked at behind the union, which would only say that no shape fits.
export const operandSchema = z
  .union([scalarOperandSchema, z.array(z.union([number, text]))])
  .refine((value) => !Array.isArray(value) || value.length <= RULE_LIMITS.listItems, {
    message: `a list may have at most ${RULE_LIMITS.listItems} values`,
  });
export type Operand = z.infer<typeof operandSchema>;

/** `value` is absent for isSet and isNotSet, a pair [from, to] (both included) for between, a list for in and notIn. */
export const compareLeafSchema = z.strictObject({
  kind: z.literal('compare'),
  field: fieldKey,
  op: z.enum(COMPARE_OPERATORS),
  value: operandSchema.optional(),
});

/**
 * A date against the day the rule is evaluated for. With n days: inNextDays = asOf … asOf + n; inLastDays =
 * asOf − n + 1 … asOf; moreThanDaysAgo = before asOf − n; moreThanDaysAhead = after asOf + n.
 */
export const dateLeafSchema = z.strictObject({
  kind: z.literal('date'),
  field: fieldKey,
  op: z.enum(DATE_OPERATORS),
  days: days.optional(),
  day: isoDay.optional(),
  period: z.enum(CALENDAR_PERIODS).optional(),
});

/** field op times × other, e.g. active contacts < 0.5 × seats. */
export const compareFieldsLeafSchema = z.strictObject({
  kind: z.literal('compareFields'),
  field: fieldKey,
  op: z.enum(['gt', 'gte', 'lt', 'lte', 'eq', 'neq']),
  times: number.default(1),
  other: fieldKey,
});

/**
 * The field's value of the day against its value `overDays` earlier, from snapshots: up or down by at least `by`.
 * `points` and `absolute` compare the difference, `percent` the difference over the earlier value (false where that is 0).
 * For health.score the earlier value has model changes left out (health.change).
 */
export const changeLeafSchema = z.strictObject({
  kind: z.literal('change'),
  field: fieldKey,
  direction: z.enum(['up', 'down']),
  by: number.min(0),
  unit: z.enum(CHANGE_UNITS),
  overDays: closedDays,
});

/** The comparison has held on every closed day of the last `days` days and holds now; unknown breaks it. */
export const heldLeafSchema = z.strictObject({
  kind: z.literal('held'),
  field: fieldKey,
  op: z.enum(['eq', 'in']),
  value: operandSchema,
  days: z.number().int().min(1).max(RULE_LIMITS.days),
});

export const propertyFilterSchema = z.strictObject({
  property: text.min(1),
  op: z.enum(EVENT_FILTER_OPERATORS),
  value: z.union([
    text,
    number,
    z.boolean(),
    z
      .array(z.union([text, number]))
      .min(1)
      .max(50),
  ]),
});
export type PropertyFilter = z.infer<typeof propertyFilterSchema>;

/**
 * How often an event happened on the last n days, from raw events; those of internal contacts are left out. `event`
 * null takes every name that is not background. A count of 0 is “did not do it”.
 */
export const eventCountLeafSchema = z.strictObject({
  kind: z.literal('eventCount'),
  event: text.min(1).nullable(),
  where: z.array(propertyFilterSchema).max(10).optional(),
  /** Key of a feature. */
  feature: text.min(1).optional(),
  op: z.enum(COUNT_OPERATORS),
  count: z.number().int().min(0).max(RULE_LIMITS.eventTimes),
  inLastDays: closedDays,
});

/**
 * On one of the last n days the value became one of `to`, having been one of `from` (left out: any other known value)
 * on the day before. A day that is not known is no move.
 */
export const transitionLeafSchema = z.strictObject({
  kind: z.literal('transition'),
  field: fieldKey,
  from: z.array(text).min(1).max(50).optional(),
  to: z.array(text).min(1).max(50),
  inLastDays: closedDays,
});

/** The account is a member of the segment on the day, or is not; with `now`: is one today, whatever the day. */
export const memberLeafSchema = z.strictObject({
  kind: z.literal('member'),
  segment: idSchema,
  is: z.boolean(),
  now: z.literal(true).optional(),
});

export const leafSchema = z.discriminatedUnion('kind', [
  compareLeafSchema,
  dateLeafSchema,
  compareFieldsLeafSchema,
  changeLeafSchema,
  heldLeafSchema,
  eventCountLeafSchema,
  transitionLeafSchema,
  memberLeafSchema,
]);
export type CompareLeaf = z.infer<typeof compareLeafSchema>;
export type DateLeaf = z.infer<typeof dateLeafSchema>;
export type CompareFieldsLeaf = z.infer<typeof compareFieldsLeafSchema>;
export type ChangeLeaf = z.infer<typeof changeLeafSchema>;
export type HeldLeaf = z.infer<typeof heldLeafSchema>;
export type EventCountLeaf = z.infer<typeof eventCountLeafSchema>;
export type TransitionLeaf = z.infer<typeof transitionLeafSchema>;
export type MemberLeaf = z.infer<typeof memberLeafSchema>;
export type RuleLeaf = z.infer<typeof leafSchema> | RelatedLeaf;

/**
 * The rows of a kind that belong to the account and were known on the day: one of them, none, all of at least one, or
 * at least n meet the rule, which is over the rows' own fields.
 */
export interface RelatedLeaf {
  kind: 'related';
  of: RelatedKind;
  quantifier: Quantifier;
  /** For `atLeast` only. */
  n?: number;
  rule: Rule;
}

export type Rule =
  | { kind: 'all'; rules: Rule[] }
  | { kind: 'any'; rules: Rule[] }
  | { kind: 'not'; rule: Rule }
  | { kind: 'atLeast'; n: number; rules: Rule[] }
  | RuleLeaf;

/**
 * A node is told by its kind alone: trying one shape after the other would read what is below it several times a level.
 * The id is its name in the published description of the API, where it refers to itself.
 */
const ruleNodeSchema: z.ZodType<Rule> = z
  .lazy(() =>
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('all'), rules: z.array(ruleNodeSchema).max(RULE_LIMITS.leaves) }),
      z.strictObject({ kind: z.literal('any'), rules: z.array(ruleNodeSchema).max(RULE_LIMITS.leaves) }),
      z.strictObject({ kind: z.literal('not'), rule: ruleNodeSchema }),
      z.strictObject({
        kind: z.literal('atLeast'),
        n: z.number().int().min(1),
        rules: z.array(ruleNodeSchema).min(1).max(RULE_LIMITS.leaves),
      }),
      z.strictObject({
        kind: z.literal('related'),
        of: z.enum(RELATED_KINDS),
        quantifier: z.enum(QUANTIFIERS),
        n: z.number().int().min(1).max(RULE_LIMITS.rows).optional(),
        rule: ruleNodeSchema,
      }),
      leafSchema,
    ]),
  )
  .meta({ id: 'Rule' });

/** Depth is measured before parsing descends, so that a hostile tree cannot exhaust the stack. */
export function depthOf(node: unknown, limit: number = RULE_LIMITS.depth + 1): number {
  let level: unknown[] = [node];
  let depth = 0;
  while (level.length > 0 && depth < limit) {
    depth += 1;
    level = level.flatMap((each) => {
      if (typeof each !== 'object' || each === null) return [];
      const { rules, rule } = each as { rules?: unknown; rule?: unknown };
      return [...(Array.isArray(rules) ? rules : []), ...(rule === undefined ? [] : [rule])];
    });
  }
  return depth;
}

export function leavesOf(rule: Rule): RuleLeaf[] {
  switch (rule.kind) {
    case 'all':
    case 'any':
    case 'atLeast':
      return rule.rules.flatMap(leavesOf);
    case 'not':
      return leavesOf(rule.rule);
    default:
      return [rule];
  }
}

export interface PlacedLeaf {
  leaf: RuleLeaf;
  /** From the rule's root: `rules.1.rule.`, empty for the root itself. */
  path: string;
  /** Under an odd number of `not`. */
  denied: boolean;
}

/** The leaves as `leavesOf` has them, each with its place. */
export function leavesWithPlace(rule: Rule, path = '', denied = false): PlacedLeaf[] {
  switch (rule.kind) {
    case 'all':
    case 'any':
    case 'atLeast':
      return rule.rules.flatMap((each, index) => leavesWithPlace(each, `${path}rules.${index}.`, denied));
    case 'not':
      return leavesWithPlace(rule.rule, `${path}rule.`, !denied);
    default:
      return [{ leaf: rule, path, denied }];
  }
}

/** The conditions of a rule, those over rows among them. */
export function sizeOf(rule: Rule): number {
  return leavesOf(rule).reduce((sum, leaf) => sum + 1 + (leaf.kind === 'related' ? sizeOf(leaf.rule) : 0), 0);
}

/** Groups of a rule, empty ones and those over rows among them. */
function groupsOf(rule: Rule): number {
  switch (rule.kind) {
    case 'all':
    case 'any':
    case 'atLeast':
      return rule.rules.reduce((sum, each) => sum + groupsOf(each), 1);
    case 'not':
      return 1 + groupsOf(rule.rule);
    case 'related':
      return groupsOf(rule.rule);
    default:
      return 0;
  }
}

/** The keys of the account's fields that a condition reads. */
export function fieldsRead(leaf: RuleLeaf): string[] {
  switch (leaf.kind) {
    case 'eventCount':
    case 'related':
    case 'member':
      return [];
    case 'compareFields':
      return [leaf.field, leaf.other];
    default:
      return [leaf.field];
  }
}

/** A whole rule: shape, depth and size. Fields, operators by type and operand types are checked against the catalogue. */
export const ruleSchema: z.ZodType<Rule> = z.preprocess(
  (value, context) => {
    if (depthOf(value) <= RULE_LIMITS.depth) return value;
    context.addIssue({ code: 'custom', message: `a rule may be at most ${RULE_LIMITS.depth} levels deep` });
    return z.NEVER;
  },
  ruleNodeSchema
    .refine((rule) => sizeOf(rule) <= RULE_LIMITS.leaves, {
      message: `a rule may have at most ${RULE_LIMITS.leaves} conditions`,
    })
    .refine((rule) => groupsOf(rule) <= RULE_LIMITS.groups, {
      message: `a rule may have at most ${RULE_LIMITS.groups} groups`,
    })
    .refine((rule) => leavesOf(rule).filter(({ kind }) => kind === 'eventCount').length <= RULE_LIMITS.eventCounts, {
      message: `a rule may count events at most ${RULE_LIMITS.eventCounts} times`,
    }),
);

/** The rule that every account meets. */
export const EVERY_ACCOUNT: Rule = { kind: 'all', rules: [] };
