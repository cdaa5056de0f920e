import type { FieldStage } from '@steward/shared/catalogue';
import { OPERATORS_BY_TYPE } from '@steward/shared/catalogue';
import { RELATED_KINDS, type RelatedKind } from '@steward/shared/related';
import { RULE_LIMITS } from '@steward/shared/rule-limits';
import type { Rule, RuleLeaf } from '@steward/shared/rules';
import fc from 'fast-check';
import { type BoundField, isNumeric } from '../../apps/api/src/db/rules/bindings.js';
import { checkRule, type RulePurpose } from '../../apps/api/src/db/rules/check-rule.js';
import { relatedCatalogue } from '../../apps/api/src/db/rules/related-fields.js';
import type { RuleContext } from '../../apps/api/src/db/rules/rule-scope.js';
import { EVENTS, FEATURES, SEGMENTS } from './rule-facts.js';
import { isoDay } from './rule-oracle.js';
import { catalogue, inFamilies, NUMBERS, randomAccounts, TAGS, TEXTS, TODAY, USERS } from './rule-world.js';

/** Accounts of the random world. */
export const accounts = inFamilies(randomAccounts(60, 7), 8);
export const PAST_DAY = TODAY - 3;

export const LIVE: RuleContext = { kind: 'live', day: isoDay(TODAY) };
export const PAST: RuleContext = { kind: 'past', day: isoDay(PAST_DAY) };
export const running = (stage: FieldStage, versions: boolean): RuleContext => ({
  kind: 'run',
  day: isoDay(TODAY),
  stage,
  versions,
});

/** Fields of the random world; the days since which a value holds are tested by held states. */
export const known = [...catalogue.fields.values()].filter(
  ({ field }) => accounts[0]!.fields[field.key] !== undefined || field.key in accounts[0]!.days.get(TODAY)!.values,
);

function operandOf({ field }: BoundField): fc.Arbitrary<string | number | boolean> {
  switch (field.type) {
    case 'boolean':
      return fc.boolean();
    case 'enum':
      return fc.constantFrom(...field.options!.map(({ value }) => value));
    case 'user':
      return fc.constantFrom<string>(...USERS);
    case 'tags':
      return fc.constantFrom<string>(...TAGS, 'nothing');
    case 'text':
      return fc.oneof(
        fc.constantFrom<string>(...TEXTS, 'sa', 'É', '_', '\\', "'; DROP TABLE account; --"),
        fc.string({ maxLength: 4, unit: 'grapheme-ascii' }),
      );
    default:
      return fc.oneof(
        fc.constantFrom<number>(...NUMBERS, 5000, 100, 30.99, 1e30, -1e-7),
        fc.integer({ min: -5, max: 60 }),
      );
  }
}

function compareLeaf(bound: BoundField, forFilter: boolean): fc.Arbitrary<RuleLeaf> {
  const one = operandOf(bound);
  const owner = fc.constantFrom<string>(...USERS, 'me', 'my_team');
  const operand = bound.field.type === 'user' && forFilter ? owner : one;
  return fc.constantFrom(...OPERATORS_BY_TYPE[bound.field.type]).chain((op): fc.Arbitrary<RuleLeaf> => {
    const leaf = (value: fc.Arbitrary<any>) =>
      value.map((each): RuleLeaf => ({ kind: 'compare', field: bound.field.key, op, value: each }));
    if (op === 'isSet' || op === 'isNotSet') return fc.constant({ kind: 'compare', field: bound.field.key, op });
    if (op === 'in' || op === 'notIn') return leaf(fc.array(operand, { minLength: 1, maxLength: 3 }));
    if (op === 'between') return leaf(fc.tuple(one, one).map(([a, b]) => (a <= b ? [a, b] : [b, a])));
    return leaf(operand);
  });
}

function dateLeaf(key: string): fc.Arbitrary<RuleLeaf> {
  const base = { kind: 'date' as const, field: key };
  return fc
    .oneof(
      fc.record({
        op: fc.constantFrom(
          'inNextDays' as const,
          'inLastDays' as const,
          'moreThanDaysAgo' as const,
          'moreThanDaysAhead' as const,
        ),
        days: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constant(RULE_LIMITS.days)),
      }),
      fc.record({
        op: fc.constantFrom(
          'on' as const,
          'before' as const,
          'after' as const,
          'onOrBefore' as const,
          'onOrAfter' as const,
        ),
        day: fc.oneof(
          fc.integer({ min: -40, max: 40 }).map((n) => isoDay(TODAY + n)),
          fc.constant('9999-12-31'),
        ),
      }),
      fc.record({
        op: fc.constant('inThis' as const),
        period: fc.constantFrom('week' as const, 'month' as const, 'quarter' as const, 'year' as const),
      }),
    )
    .map((leaf): RuleLeaf => ({ ...base, ...leaf }));
}

const propertyFilter = fc.oneof(
  fc.record({
    property: fc.constantFrom('format', 'nothing'),
    op: fc.constantFrom('eq' as const, 'neq' as const),
    value: fc.constantFrom('pdf', 7, true, "'); DROP TABLE steward.event; --"),
  }),
  fc.record({
    property: fc.constant('format'),
    op: fc.constant('in' as const),
    value: fc.subarray(['pdf', 'csv', 7], { minLength: 1 }),
  }),
  fc.record({
    property: fc.constantFrom('size', 'format'),
    op: fc.constantFrom('gte' as const, 'lte' as const),
    value: fc.constantFrom(1, 7, 10.5),
  }),
);

export const eventCount = fc.record(
  {
    kind: fc.constant('eventCount' as const),
    event: fc.constantFrom(...EVENTS, null, 'never seen'),
    where: fc.array(propertyFilter, { maxLength: 2 }),
    feature: fc.constantFrom(...FEATURES.map(({ key }) => key)),
    op: fc.constantFrom('gte' as const, 'lte' as const, 'eq' as const, 'lt' as const, 'gt' as const),
    count: fc.constantFrom(0, 1, 2, 5, 10),
    inLastDays: fc.oneof(fc.integer({ min: 1, max: 15 }), fc.constant(RULE_LIMITS.closedDays)),
  },
  { requiredKeys: ['kind', 'event', 'op', 'count', 'inLastDays'] },
);

export function transition({ field }: BoundField): fc.Arbitrary<RuleLeaf> {
  const values = fc.subarray(
    field.options!.map(({ value }) => value),
    { minLength: 1 },
  );
  return fc.record(
    {
      kind: fc.constant('transition' as const),
      field: fc.constant(field.key),
      from: values,
      to: values,
      // Within the days that a row carries itself, and beyond.
      inLastDays: fc.integer({ min: 1, max: 33 }),
    },
    { requiredKeys: ['kind', 'field', 'to', 'inLastDays'] },
  );
}

export function rowFields(of: RelatedKind, forFilter: boolean): BoundField[] {
  const fields = [...relatedCatalogue(of, catalogue).fields.values()];
  return fields.filter(({ field }) => forFilter || field.history !== 'now-only');
}

export function rowLeaf(bound: BoundField, forFilter: boolean): fc.Arbitrary<RuleLeaf> {
  return bound.field.type === 'date' ? dateLeaf(bound.field.key) : compareLeaf(bound, forFilter);
}

export function overRows(of: RelatedKind, rule: fc.Arbitrary<Rule>): fc.Arbitrary<RuleLeaf> {
  const base = { kind: fc.constant('related' as const), of: fc.constant(of), rule };
  return fc.oneof(
    fc.record({ ...base, quantifier: fc.constantFrom('any' as const, 'none' as const, 'all' as const) }),
    fc.record({ ...base, quantifier: fc.constant('atLeast' as const), n: fc.integer({ min: 1, max: 3 }) }),
  );
}

const member = fc.record({
  kind: fc.constant('member' as const),
  segment: fc.constantFrom(...SEGMENTS),
  is: fc.boolean(),
});

function related(kinds: readonly RelatedKind[], forFilter: boolean): fc.Arbitrary<RuleLeaf> {
  return fc.constantFrom(...kinds).chain((of) => {
    const leaf = fc.constantFrom(...rowFields(of, forFilter)).chain((bound) => rowLeaf(bound, forFilter));
    return overRows(of, ruleOf(leaf));
  });
}

export function changeOf({ field }: BoundField): fc.Arbitrary<RuleLeaf> {
  return fc.record({
    kind: fc.constant('change' as const),
    field: fc.constant(field.key),
    direction: fc.constantFrom('up' as const, 'down' as const),
    by: fc.constantFrom(0, 0.01, 0.5, 1, 5, 9.99, 20, 25, 100),
    unit:
      field.key === 'health.score'
        ? fc.constant('points' as const)
        : fc.constantFrom('points' as const, 'percent' as const, 'absolute' as const),
    overDays: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(28, 29, 30, 31, 32)),
  });
}

/** Conditions that a rule for this purpose may have. */
export function leafOf(purpose: RulePurpose): fc.Arbitrary<RuleLeaf> {
  const fields = readableFor(purpose);
  const forFilter = purpose === 'filter';
  const dates = fields.filter(({ field }) => field.type === 'date');
  const every: Rule = { kind: 'all', rules: [] };
  const kinds = RELATED_KINDS.filter((of) => {
    return checkRule({ kind: 'related', of, quantifier: 'any', rule: every }, catalogue, { purpose }).length === 0;
  });
  const money = fields.filter(({ field }) => field.type === 'money');
  const numbers = fields.filter((bound) => isNumeric(bound) && bound.field.type !== 'money');
  const tracked = fields.filter((bound) => isNumeric(bound) && bound.field.tracked);
  const held = fields.filter(({ binding }) => binding.kind === 'state' && binding.since !== null);
  const pairOf = (from: readonly BoundField[]) =>
    fc.record({
      kind: fc.constant('compareFields' as const),
      field: fc.constantFrom(...from).map(({ field }) => field.key),
      op: fc.constantFrom('gt' as const, 'gte' as const, 'lt' as const, 'lte' as const, 'eq' as const, 'neq' as const),
      times: fc.constantFrom(1, 0.5, 2, 0.1, 0),
      other: fc.constantFrom(...from).map(({ field }) => field.key),
    });
  const change = fc.constantFrom(...tracked).chain(changeOf);
  const heldLeaf =
    held.length === 0
      ? dateLeaf(dates[0]!.field.key)
      : fc.constantFrom(...held).chain(({ field }): fc.Arbitrary<RuleLeaf> => {
          const option = fc.constantFrom(...field.options!.map(({ value }) => value));
          const days = fc.integer({ min: 1, max: 15 });
          return fc.oneof(
            fc.record({
              kind: fc.constant('held' as const),
              field: fc.constant(field.key),
              op: fc.constant('eq' as const),
              value: option,
              days,
            }),
            fc.record({
              kind: fc.constant('held' as const),
              field: fc.constant(field.key),
              op: fc.constant('in' as const),
              value: fc.uniqueArray(option, { minLength: 1, maxLength: 3 }),
              days,
            }),
          );
        });
  return fc.oneof(
    {
      weight: 8,
      arbitrary: fc
        .constantFrom(...fields)
        .chain((bound) => (bound.field.type === 'date' ? dateLeaf(bound.field.key) : compareLeaf(bound, forFilter))),
    },
    { weight: 2, arbitrary: fc.constantFrom(...dates).chain(({ field }) => dateLeaf(field.key)) },
    { weight: 2, arbitrary: fc.oneof(pairOf(numbers), pairOf(money)) },
    { weight: 3, arbitrary: change },
    { weight: 2, arbitrary: heldLeaf },
    { weight: 2, arbitrary: eventCount },
    { weight: 5, arbitrary: related(kinds, forFilter) },
    ...(forFilter ? [{ weight: 1, arbitrary: member }] : []),
    ...(held.length === 0 ? [] : [{ weight: 2, arbitrary: fc.constantFrom(...held).chain(transition) }]),
  );
}

export function ruleOf(leaf: fc.Arbitrary<RuleLeaf>): fc.Arbitrary<Rule> {
  return fc.letrec<{ rule: Rule }>((tie) => ({
    rule: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.record({ kind: fc.constant('not' as const), rule: tie('rule') }),
      fc.record({
        kind: fc.constantFrom('all' as const, 'any' as const),
        rules: fc.array(tie('rule'), { maxLength: 4 }),
      }),
      fc.array(tie('rule'), { minLength: 1, maxLength: 4 }).chain((rules) =>
        fc.record({
          kind: fc.constant('atLeast' as const),
          n: fc.integer({ min: 1, max: rules.length }),
          rules: fc.constant(rules),
        }),
      ),
    ),
  })).rule;
}

/** The fields that a rule for this purpose may read: those to which the check has no objection. */
export function readableFor(purpose: RulePurpose): BoundField[] {
  return known.filter(
    ({ field }) => checkRule({ kind: 'compare', field: field.key, op: 'isSet' }, catalogue, { purpose }).length === 0,
  );
}
