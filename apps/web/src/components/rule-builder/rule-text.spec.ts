import type { Rule } from '@steward/shared/rules';
import fc from 'fast-check';
import { rulesOf, rulesText, ruleText } from './rule-text.js';

const isVip: Rule = { kind: 'compare', field: 'tier', op: 'in', value: ['T1'] };
const { rule } = fc.letrec<{ rule: Rule; leaf: Rule }>((tie) => ({
  leaf: fc.oneof(
    fc.record({
      kind: fc.constant('compare' as const),
      field: fc.constant('account.name'),
      op: fc.constantFrom('eq' as const, 'contains' as const),
      value: fc.oneof(fc.string({ minLength: 1, unit: 'grapheme' }), fc.integer(), fc.boolean()),
    }),
    fc.record({
      kind: fc.constant('date' as const),
      field: fc.constant('account.renewalDate'),
      op: fc.constant('inNextDays' as const),
      days: fc.nat(3660),
    }),
  ),
  rule: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie('leaf'),
    fc.record({
      kind: fc.constantFrom('all' as const, 'any' as const),
      rules: fc.array(tie('rule'), { maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('not' as const), rule: tie('rule') }),
    fc.record({
      kind: fc.constant('atLeast' as const),
      n: fc.integer({ min: 1, max: 9 }),
      rules: fc.array(tie('rule'), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant('related' as const),
      of: fc.constantFrom('invoice' as const, 'surveyAnswer' as const),
      quantifier: fc.constantFrom('any' as const, 'none' as const, 'all' as const),
      rule: tie('rule'),
    }),
    fc.record({
      kind: fc.constant('related' as const),
      of: fc.constant('ticket' as const),
      quantifier: fc.constant('atLeast' as const),
      n: fc.integer({ min: 1, max: 1000 }),
      rule: tie('leaf'),
    }),
  ) as fc.Arbitrary<Rule>,
}));

it('any rules survive the address, separators, brackets and quotes in their texts included', () => {
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 3 }), (rules) => {
      expect(rulesOf(rulesText(rules))).toEqual(rules);
    }),
  );
});

it('a rule reads as it is said', () => {
  const unpaid: Rule = { kind: 'compare', field: 'unpaid', op: 'eq', value: true };
  const owes: Rule = { kind: 'related', of: 'invoice', quantifier: 'any', rule: unpaid };
  expect(ruleText({ kind: 'any', rules: [isVip, { kind: 'not', rule: owes }] })).toBe(
    "any(tier~in~'T1;not(has.invoice(unpaid~eq~true)))",
  );
});

it.each([
  'any(tier~in~',
  'any(tier~in~;)',
  'some(tier~isSet)',
  '0.invoice(all())',
  'not(a~isSet;b~isSet)',
  '2of()',
  '((',
  ')(',
])('what is no rule is left out, and what stands beside it is kept: “%s”', (text) => {
  expect(rulesOf(text)).toEqual([]);
  expect(rulesOf(`${ruleText(isVip)};${text}`).slice(0, 1)).toEqual([isVip]);
});

it('deeper than the language goes is left out', () => {
  const nested = (levels: number): string => (levels === 0 ? 'tier~isSet' : `not(${nested(levels - 1)})`);
  expect(rulesOf(nested(7))).toHaveLength(1);
  expect(rulesOf(nested(8))).toHaveLength(0);
});
