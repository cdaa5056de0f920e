import type { CatalogueField } from '@steward/shared/catalogue';
import { RELATED_FIELDS } from '@steward/shared/related';
import { RULE_LIMITS } from '@steward/shared/rule-limits';
import { type Rule, ruleSchema } from '@steward/shared/rules';
import { Binder } from '../../apps/api/src/db/rules/binder.js';
import { checkRule, type RulePurpose } from '../../apps/api/src/db/rules/check-rule.js';
import { compileRule } from '../../apps/api/src/db/rules/compile-rule.js';
import { RuleNotCompilable } from '../../apps/api/src/db/rules/leaf-sql.js';
import { relatedCatalogue } from '../../apps/api/src/db/rules/related-fields.js';
import { LIVE, PAST } from '../support/rule-arbitraries.js';
import { PLAYBOOKS, SEGMENTS } from '../support/rule-facts.js';
import { catalogue } from '../support/rule-world.js';

describe('the check of rules', () => {
  it('refuses by name what the catalogue does not know, wherever it stands', () => {
    const evil = "x'; DROP TABLE steward.account; --";
    const codes = (rule: Rule, purpose: RulePurpose = 'filter') =>
      checkRule(rule, catalogue, { purpose }).map(({ path, code }) => `${path} ${code}`);
    expect(codes({ kind: 'compare', field: evil, op: 'isSet' })).toEqual(['field UNKNOWN_FIELD']);
    expect(codes({ kind: 'compareFields', field: 'account.arr', op: 'gt', times: 1, other: evil })).toEqual([
      'other UNKNOWN_FIELD',
    ]);
    expect(codes({ kind: 'compare', field: 'tier', op: 'eq', value: evil })).toEqual(['value UNKNOWN_OPTION']);
    expect(codes({ kind: 'compare', field: 'tier', op: 'in', value: ['T1', evil] })).toEqual([
      'value.1 UNKNOWN_OPTION',
    ]);
    expect(codes({ kind: 'compare', field: 'account.csm', op: 'eq', value: evil })).toEqual(['value BAD_VALUE']);
    expect(codes({ kind: 'compare', field: 'account.industry', op: 'eq', value: 'a\u0000b' })).toEqual([
      'value BAD_VALUE',
    ]);
    expect(codes({ kind: 'compare', field: 'account.industry', op: 'gte', value: 1 })).toEqual([
      'op OPERATOR_NOT_ALLOWED',
    ]);
    expect(codes({ kind: 'compare', field: 'account.arr', op: 'gte', value: '1' })).toEqual(['value BAD_VALUE']);
    expect(codes({ kind: 'compare', field: 'account.arr', op: 'between', value: [2, 1] })).toEqual(['value BAD_VALUE']);
    expect(codes({ kind: 'compare', field: 'account.arr', op: 'gte' })).toEqual(['value BAD_VALUE']);
    expect(codes({ kind: 'date', field: 'account.renewalDate', op: 'on', day: '0000-01-01' })).toEqual([
      'day BAD_VALUE',
    ]);
    expect(codes({ kind: 'date', field: 'account.renewalDate', op: 'inNextDays' })).toEqual(['days BAD_VALUE']);
    expect(
      codes({ kind: 'change', field: 'account.employees', direction: 'up', by: 1, unit: 'absolute', overDays: 7 }),
    ).toEqual(['field FIELD_NOT_TRACKED']);
    expect(codes({ kind: 'held', field: 'health.score', op: 'eq', value: 1, days: 7 })).toEqual([
      'field FIELD_NOT_TRACKED',
    ]);
    expect(codes({ kind: 'eventCount', event: 'x', feature: evil, op: 'gte', count: 1, inLastDays: 7 })).toEqual([
      'feature UNKNOWN_FEATURE',
    ]);
    expect(
      codes({
        kind: 'eventCount',
        event: null,
        where: [
          { property: 'a', op: 'gte', value: 'b' },
          { property: 'a', op: 'eq', value: ['b'] },
          { property: 'a', op: 'in', value: 'b' },
        ],
        op: 'gte',
        count: 0.5,
        inLastDays: 401,
      }),
    ).toEqual([
      'count BAD_VALUE',
      'inLastDays BAD_VALUE',
      'where.0.value BAD_VALUE',
      'where.1.value BAD_VALUE',
      'where.2.value BAD_VALUE',
    ]);
    const inRows = (rule: Rule, more: object = {}): Rule => ({
      kind: 'related',
      of: 'deal',
      quantifier: 'any',
      rule: { kind: 'not', rule },
      ...more,
    });
    expect(codes(inRows({ kind: 'compare', field: 'account.arr', op: 'isSet' }))).toEqual([
      'rule.rule.field UNKNOWN_FIELD',
    ]);
    expect(codes(inRows({ kind: 'compare', field: 'state', op: 'eq', value: evil }))).toEqual([
      'rule.rule.value UNKNOWN_OPTION',
    ]);
    expect(codes(inRows({ kind: 'compare', field: 'amount', op: 'contains', value: 'x' }))).toEqual([
      'rule.rule.op OPERATOR_NOT_ALLOWED',
    ]);
    expect(codes(inRows(inRows({ kind: 'all', rules: [] })))).toEqual(['rule.rule.kind CONDITION_NOT_ALLOWED']);
    expect(codes(inRows({ kind: 'all', rules: [] }, { quantifier: 'atLeast' }))).toEqual(['n BAD_VALUE']);
    expect(codes(inRows({ kind: 'all', rules: [] }, { n: 2 }))).toEqual(['n BAD_VALUE']);
    expect(codes(inRows({ kind: 'compare', field: 'stage', op: 'isSet' }), 'segment')).toEqual([
      'rule.rule.field FIELD_NOW_ONLY',
    ]);
    expect(codes(inRows({ kind: 'compare', field: 'owner', op: 'eq', value: 'me' }))).toEqual([]);
    expect(codes({ kind: 'transition', field: 'health.score', to: ['1'], inLastDays: 7 })).toEqual([
      'field FIELD_NOT_TRACKED',
    ]);
    expect(codes({ kind: 'transition', field: 'tier', from: ['T1', evil], to: [], inLastDays: 0 })).toEqual([
      'from.1 UNKNOWN_OPTION',
      'to BAD_VALUE',
      'inLastDays BAD_VALUE',
    ]);
    expect(codes({ kind: 'transition', field: 'tier', to: ['T1'], inLastDays: 7 }, 'tier')).toEqual([
      'field FIELD_NOT_READABLE',
    ]);
    expect(codes({ kind: 'compareFields', field: 'account.arr', op: 'gt', times: 1, other: 'account.seats' })).toEqual([
      ' FIELDS_NOT_COMPARABLE',
    ]);
    expect(
      codes({
        kind: 'not',
        rule: {
          kind: 'all',
          rules: [{ kind: 'atLeast', n: 2, rules: [{ kind: 'compare', field: 'nope', op: 'isSet' }] }],
        },
      }),
    ).toEqual(['rule.rules.0.rules.0.field UNKNOWN_FIELD', 'rule.rules.0.n BAD_VALUE']);
  });

  it('refuses by name a rule that reads what its stage may not', () => {
    const codes = (field: string, purpose: RulePurpose) =>
      checkRule({ kind: 'compare', field, op: 'isSet' }, catalogue, { purpose }).map(({ code }) => code);
    expect(codes('usage.active_contacts', 'tier')).toEqual([]);
    expect(codes('tier', 'tier')).toEqual(['FIELD_NOT_READABLE']);
    expect(codes('health.band', 'tier')).toEqual(['FIELD_NOT_READABLE']);
    expect(codes('tier', 'profileScope')).toEqual([]);
    expect(codes('stage', 'profileScope')).toEqual([]);
    expect(codes('health.score', 'profileScope')).toEqual(['FIELD_NOT_READABLE']);
    expect(codes('goals.onboarding_open', 'profileScope')).toEqual(['FIELD_NOT_READABLE']);
    expect(codes('health.trend', 'cap')).toEqual(['FIELD_NOT_READABLE']);
    expect(codes('health.band', 'cap')).toEqual([]);
    expect(codes('goals.onboarding_open', 'stage')).toEqual([]);
    expect(codes('account.externalId', 'tier')).toEqual(['FIELD_NOW_ONLY']);
    expect(codes('account.externalId', 'filter')).toEqual([]);
    const mine: Rule = { kind: 'compare', field: 'account.csm', op: 'eq', value: 'me' };
    expect(checkRule(mine, catalogue, { purpose: 'tier' })[0]?.code).toBe('BAD_VALUE');
    const member: Rule = { kind: 'member', segment: SEGMENTS[0], is: true };
    for (const purpose of ['tier', 'profileScope', 'cap', 'stage'] as const) {
      expect(checkRule(member, catalogue, { purpose }).map(({ code }) => code)).toEqual(['CONDITION_NOT_ALLOWED']);
    }
    expect(checkRule(member, catalogue, { purpose: 'segment' })).toEqual([]);
    const anyGoal: Rule = { kind: 'related', of: 'goal', quantifier: 'any', rule: { kind: 'all', rules: [] } };
    for (const purpose of ['tier', 'profileScope', 'cap'] as const) {
      expect(checkRule({ kind: 'not', rule: anyGoal }, catalogue, { purpose })).toMatchObject([
        { path: 'rule.of', code: 'CONDITION_NOT_ALLOWED' },
      ]);
    }
    for (const purpose of ['stage', 'segment', 'alert', 'task', 'filter'] as const) {
      expect(checkRule(anyGoal, catalogue, { purpose })).toEqual([]);
    }
    const anyChild: Rule = { ...anyGoal, of: 'childAccount' };
    for (const purpose of ['tier', 'profileScope', 'cap', 'stage'] as const) {
      expect(checkRule({ kind: 'not', rule: anyChild }, catalogue, { purpose })).toMatchObject([
        { path: 'rule.of', code: 'CONDITION_NOT_ALLOWED' },
      ]);
    }
    for (const purpose of ['segment', 'alert', 'task', 'filter'] as const) {
      expect(checkRule(anyChild, catalogue, { purpose })).toEqual([]);
    }
  });

  it('asks child accounts in the words of the account’s own fields', () => {
    for (const { field } of relatedCatalogue('childAccount', catalogue).fields.values()) {
      const { as } = RELATED_FIELDS.childAccount[field.key as keyof typeof RELATED_FIELDS.childAccount] as {
        as: string;
      };
      const own = catalogue.fields.get(as)!.field;
      const words = ({ label, type, unit, options, history }: CatalogueField) => ({
        label,
        type,
        unit,
        options,
        history,
      });
      expect(words(field)).toEqual(words(own));
    }
    const tier = (value: string): Rule => {
      const rule: Rule = { kind: 'compare', field: 'tier', op: 'eq', value };
      return { kind: 'related', of: 'childAccount', quantifier: 'any', rule };
    };
    expect(checkRule(tier('T1'), catalogue, { purpose: 'segment' })).toEqual([]);
    expect(checkRule(tier('T9'), catalogue, { purpose: 'segment' })).toMatchObject([
      { path: 'rule.value', code: 'UNKNOWN_OPTION' },
    ]);
  });

  it('compiles no question about child accounts without knowing who asks', () => {
    const rule: Rule = { kind: 'related', of: 'childAccount', quantifier: 'any', rule: { kind: 'all', rules: [] } };
    const options = { catalogue, context: LIVE, binder: new Binder() };
    expect(() => compileRule(rule, options as Parameters<typeof compileRule>[1])).toThrow(RuleNotCompilable);
    expect(compileRule(rule, { ...options, reader: null }).sql).toContain('parent_id');
  });

  it('takes playbooks that the workspace has, and no word of goals that is not kept for past days', () => {
    const codes = (field: string, value: string | boolean, purpose: RulePurpose) => {
      const rule: Rule = { kind: 'compare', field, op: 'eq', value };
      const related: Rule = { kind: 'related', of: 'goal', quantifier: 'none', rule };
      return checkRule(related, catalogue, { purpose }).map(({ path, code }) => `${path} ${code}`);
    };
    expect(codes('playbook', PLAYBOOKS[0].id, 'segment')).toEqual([]);
    expect(codes('playbook', SEGMENTS[0], 'segment')).toEqual(['rule.value UNKNOWN_OPTION']);
    expect(codes('status', 'inProgress', 'segment')).toEqual([]);
    expect(codes('status', 'atRisk', 'segment')).toEqual(['rule.value UNKNOWN_OPTION']);
    expect(codes('atRisk', true, 'segment')).toEqual(['rule.field FIELD_NOW_ONLY']);
    expect(codes('atRisk', true, 'filter')).toEqual([]);
  });

  it('refuses what is too deep or too large', () => {
    const leaf: Rule = { kind: 'compare', field: 'account.arr', op: 'isSet' };
    let deep: Rule = leaf;
    for (let level = 0; level < 20_000; level += 1) deep = { kind: 'not', rule: deep };
    expect(checkRule(deep, catalogue, { purpose: 'filter' })[0]?.code).toBe('RULE_TOO_DEEP');
    expect(ruleSchema.safeParse(deep).success).toBe(false);
    const wide: Rule = { kind: 'all', rules: Array.from({ length: RULE_LIMITS.leaves + 1 }, () => leaf) };
    expect(checkRule(wide, catalogue, { purpose: 'filter' })[0]?.code).toBe('RULE_TOO_LARGE');
    const longest: Rule = { kind: 'any', rules: Array.from({ length: RULE_LIMITS.leaves }, () => leaf) };
    expect(checkRule(longest, catalogue, { purpose: 'filter' })).toEqual([]);
  });

  it('names the fields of now that a question about an earlier day used', () => {
    const rule: Rule = { kind: 'compare', field: 'account.externalId', op: 'startsWith', value: 'x' };
    expect(compileRule(rule, { catalogue, context: PAST, binder: new Binder(), reader: null }).nowOnlyFields).toEqual([
      'account.externalId',
    ]);
    expect(compileRule(rule, { catalogue, context: LIVE, binder: new Binder(), reader: null }).nowOnlyFields).toEqual(
      [],
    );
    const stage: Rule = { kind: 'compare', field: 'stage', op: 'isSet' };
    const deals: Rule = { kind: 'related', of: 'deal', quantifier: 'any', rule: stage };
    expect(compileRule(deals, { catalogue, context: PAST, binder: new Binder(), reader: null }).nowOnlyFields).toEqual([
      'deal.stage',
    ]);
  });
});
