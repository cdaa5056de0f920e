import { z } from 'zod';
import { RULE_LIMITS } from './rule-limits.js';
import { type Rule, ruleSchema } from './rules.js';

const LEAF: Rule = { kind: 'compare', field: 'account.arr', op: 'gt', value: 1 };
const atLeastOne = (rules: Rule[]): Rule => ({ kind: 'atLeast', n: 1, rules });
const nested = (levels: number, inner: Rule): Rule => (levels === 0 ? inner : atLeastOne([nested(levels - 1, inner)]));
const messagesOf = (value: unknown) => ruleSchema.safeParse(value).error?.issues.map(({ message }) => message);

describe('a rule as it comes in', () => {
  it('is taken up to the deepest level and refused by name below it', () => {
    expect(ruleSchema.parse(nested(RULE_LIMITS.depth - 1, LEAF))).toEqual(nested(RULE_LIMITS.depth - 1, LEAF));
    expect(messagesOf(nested(RULE_LIMITS.depth, LEAF))).toEqual(['a rule may be at most 8 levels deep']);
    expect(messagesOf(nested(100_000 / 20, LEAF))).toEqual(['a rule may be at most 8 levels deep']);
  });

  it('is refused by name when it has too many conditions', () => {
    const full = Array.from({ length: RULE_LIMITS.leaves / 2 }, () => LEAF);
    expect(ruleSchema.safeParse({ kind: 'all', rules: [atLeastOne(full), atLeastOne(full)] }).success).toBe(true);
    const tooMany = { kind: 'all', rules: [atLeastOne(full), atLeastOne(full), LEAF] };
    expect(messagesOf(tooMany)).toEqual(['a rule may have at most 200 conditions']);
  });

  it('counts conditions over rows among them', () => {
    const rows = (count: number): Rule => ({
      kind: 'related',
      of: 'invoice',
      quantifier: 'any',
      rule: { kind: 'any', rules: Array.from({ length: count }, () => LEAF) },
    });
    expect(ruleSchema.safeParse(rows(RULE_LIMITS.leaves - 1)).success).toBe(true);
    expect(messagesOf(rows(RULE_LIMITS.leaves))).toEqual(['a rule may have at most 200 conditions']);
    expect(messagesOf(nested(RULE_LIMITS.depth - 1, rows(1)))).toEqual(['a rule may be at most 8 levels deep']);
  });

  it('is refused by name when it has too many groups, empty ones among them', () => {
    const groups = (count: number) => Array.from({ length: count }, (): Rule => ({ kind: 'all', rules: [] }));
    const rows: Rule = {
      kind: 'related',
      of: 'invoice',
      quantifier: 'any',
      rule: { kind: 'any', rules: groups(100) },
    };
    expect(ruleSchema.safeParse({ kind: 'any', rules: [rows, ...groups(98)] }).success).toBe(true);
    expect(messagesOf({ kind: 'any', rules: [rows, ...groups(99)] })).toEqual(['a rule may have at most 200 groups']);
  });

  it('is refused by name when it counts events too often', () => {
    const counts = (count: number): Rule => ({
      kind: 'any',
      rules: Array.from({ length: count }, () => ({
        kind: 'eventCount',
        event: null,
        op: 'gte',
        count: 1,
        inLastDays: 28,
      })),
    });
    expect(ruleSchema.safeParse(counts(20)).success).toBe(true);
    expect(messagesOf(counts(21))).toEqual(['a rule may count events at most 20 times']);
  });

  it('is refused in words where a list is too long, at its place', () => {
    const list = (length: number): Rule => ({
      kind: 'compare',
      field: 'account.industry',
      op: 'in',
      value: Array.from({ length }, (_, place) => `v${place}`),
    });
    const held = { kind: 'held', field: 'health.band', op: 'in', value: new Array(10_000).fill('watch'), days: 30 };
    expect(ruleSchema.safeParse(list(RULE_LIMITS.listItems)).success).toBe(true);
    for (const tooLong of [list(RULE_LIMITS.listItems + 1), list(10_000), held]) {
      const { error } = ruleSchema.safeParse({ kind: 'all', rules: [tooLong] });
      expect(error?.issues).toMatchObject([
        { path: ['rules', 0, 'value'], message: 'a list may have at most 1000 values' },
      ]);
    }
  });

  it('takes no text that cannot be kept, and tells where one stands', () => {
    for (const value of ['a\u0000b', 'a\ud800b']) {
      const { error } = ruleSchema.safeParse({ kind: 'not', rule: { ...LEAF, op: 'eq', value } });
      expect(error?.issues.map(({ path }) => path.join('.'))).toEqual(['rule.value']);
    }
  });

  it('tells where it is wrong', () => {
    const { error } = ruleSchema.safeParse({ kind: 'all', rules: [LEAF, { kind: 'not', rule: { kind: 'maybe' } }] });
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual(['rules.1.rule.kind']);
  });

  it('is read once, however deep: what is inside is not tried again for every kind of group', () => {
    let reads = 0;
    const watched = new Proxy(LEAF, {
      get: (leaf, key) => {
        if (key === 'field') reads += 1;
        return Reflect.get(leaf, key);
      },
    });
    ruleSchema.parse(nested(RULE_LIMITS.depth - 2, atLeastOne([watched])));
    const deep = reads;
    reads = 0;
    ruleSchema.parse(atLeastOne([watched]));
    expect(deep).toBe(reads);
  });

  it('can be described to programs, in and out', () => {
    for (const io of ['input', 'output'] as const) {
      expect(JSON.stringify(z.toJSONSchema(ruleSchema, { io }))).toContain('#/$defs/Rule');
    }
  });
});
