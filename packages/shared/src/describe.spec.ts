import type { CatalogueField, FieldType } from './catalogue.js';
import { describeLeaf, describeRule } from './describe.js';
import type { RelatedLeaf, Rule, RuleLeaf } from './rules.js';

const field = (key: string, label: string, type: FieldType, more: Partial<CatalogueField> = {}): CatalogueField => ({
  key,
  label,
  group: 'Account',
  type,
  unit: null,
  description: '',
  stage: 'facts',
  history: 'snapshot',
  options: null,
  sortable: true,
  tracked: true,
  ...more,
});

const catalogue: CatalogueField[] = [
  field('account.arr', 'ARR', 'money', { unit: 'EUR' }),
  field('account.industry', 'Industry', 'text'),
  field('account.renewalDate', 'Renewal date', 'date'),
  field('account.csm', 'CSM', 'user', { options: [{ value: 'u1', label: 'Ada Byron' }] }),
  field('account.tags', 'Tags', 'tags'),
  field('sentiment.promoter', 'Promoter', 'boolean'),
  field('sentiment.pulse', 'Pulse', 'number'),
  field('usage.active_contacts', 'Active contacts', 'number', { unit: 'contacts' }),
  field('account.seats', 'Seats', 'number'),
  field('health.score', 'Health score', 'number', { unit: 'points' }),
  field('health.band', 'Health band', 'enum', {
    options: [
      { value: 'at_risk', label: 'At risk' },
      { value: 'watch', label: 'Watch' },
    ],
  }),
];

describe('a rule in plain English', () => {
  it.each<[Rule, string]>([
    [{ kind: 'all', rules: [] }, 'every account'],
    [{ kind: 'any', rules: [] }, 'no account'],
    [{ kind: 'compare', field: 'account.arr', op: 'gte', value: 50000 }, 'ARR is at least 50,000 EUR'],
    [{ kind: 'compare', field: 'account.arr', op: 'between', value: [5, 10] }, 'ARR is between 5 EUR and 10 EUR'],
    [
      { kind: 'compare', field: 'account.industry', op: 'in', value: ['SaaS', 'Retail'] },
      'Industry is one of “SaaS”, “Retail”',
    ],
    [{ kind: 'compare', field: 'account.industry', op: 'notIn', value: ['SaaS'] }, 'Industry is not “SaaS”'],
    [{ kind: 'compare', field: 'sentiment.pulse', op: 'isNotSet' }, 'Pulse is not set'],
    [{ kind: 'compare', field: 'sentiment.promoter', op: 'eq', value: true }, 'Promoter is yes'],
    [{ kind: 'compare', field: 'sentiment.promoter', op: 'neq', value: true }, 'Promoter is not yes'],
    [{ kind: 'compare', field: 'account.tags', op: 'notContains', value: 'vip' }, 'Tags do not include “vip”'],
    [{ kind: 'compare', field: 'account.csm', op: 'eq', value: 'u1' }, 'CSM is Ada Byron'],
    [{ kind: 'compare', field: 'account.csm', op: 'eq', value: 'me' }, 'CSM is me'],
    [{ kind: 'date', field: 'account.renewalDate', op: 'inNextDays', days: 90 }, 'Renewal date is in the next 90 days'],
    [
      { kind: 'date', field: 'account.renewalDate', op: 'moreThanDaysAgo', days: 1 },
      'Renewal date is more than 1 day ago',
    ],
    [
      { kind: 'date', field: 'account.renewalDate', op: 'inThis', period: 'quarter' },
      'Renewal date is in this quarter',
    ],
    [
      { kind: 'compareFields', field: 'usage.active_contacts', op: 'lt', times: 0.5, other: 'account.seats' },
      'Active contacts is less than 0.5 × Seats',
    ],
    [
      { kind: 'change', field: 'health.score', direction: 'down', by: 20, unit: 'points', overDays: 30 },
      'Health score fell by at least 20 points over 30 days',
    ],
    [
      { kind: 'change', field: 'usage.active_contacts', direction: 'up', by: 25, unit: 'percent', overDays: 14 },
      'Active contacts rose by at least 25 % over 14 days',
    ],
    [
      { kind: 'held', field: 'health.band', op: 'eq', value: 'at_risk', days: 30 },
      'Health band has been At risk for at least 30 days',
    ],
    [
      {
        kind: 'eventCount',
        event: 'export',
        where: [{ property: 'format', op: 'eq', value: 'pdf' }],
        op: 'gte',
        count: 3,
        inLastDays: 14,
      },
      '“export” happened at least 3 times in the last 14 days where format is “pdf”',
    ],
    [
      { kind: 'eventCount', event: null, feature: 'reports', op: 'eq', count: 0, inLastDays: 30 },
      'no event of feature “reports” happened in the last 30 days',
    ],
    [
      { kind: 'transition', field: 'health.band', from: ['watch'], to: ['at_risk'], inLastDays: 7 },
      'Health band moved from Watch to At risk in the last 7 days',
    ],
    [
      { kind: 'transition', field: 'health.band', to: ['at_risk', 'watch'], inLastDays: 1 },
      'Health band moved to At risk or Watch in the last 1 day',
    ],
    [
      {
        kind: 'related',
        of: 'invoice',
        quantifier: 'any',
        rule: {
          kind: 'all',
          rules: [
            { kind: 'compare', field: 'unpaid', op: 'eq', value: true },
            { kind: 'compare', field: 'amount', op: 'gte', value: 500 },
          ],
        },
      },
      'has an invoice where (Unpaid is yes and Amount is at least 500 EUR)',
    ],
    [
      {
        kind: 'related',
        of: 'ticket',
        quantifier: 'atLeast',
        n: 2,
        rule: { kind: 'compare', field: 'priority', op: 'eq', value: 'urgent' },
      },
      'has at least 2 tickets where (Priority is Urgent)',
    ],
    [{ kind: 'related', of: 'deal', quantifier: 'none', rule: { kind: 'all', rules: [] } }, 'has no deal'],
    [
      {
        kind: 'related',
        of: 'contact',
        quantifier: 'all',
        rule: { kind: 'compare', field: 'role', op: 'isSet' },
      },
      'has contacts, and each of them: (Role is set)',
    ],
    [{ kind: 'compare', field: 'attribute.gone', op: 'eq', value: 'x' }, 'attribute.gone is “x”'],
  ])('%j reads “%s”', (rule, text) => {
    expect(describeRule(rule, catalogue)).toBe(text);
  });

  it('groups what belongs together in brackets', () => {
    const rule: Rule = {
      kind: 'all',
      rules: [
        { kind: 'compare', field: 'account.arr', op: 'gt', value: 1 },
        {
          kind: 'any',
          rules: [
            { kind: 'compare', field: 'sentiment.pulse', op: 'lte', value: 2 },
            { kind: 'not', rule: { kind: 'compare', field: 'sentiment.promoter', op: 'eq', value: true } },
          ],
        },
      ],
    };
    expect(describeRule(rule, catalogue)).toBe(
      'ARR is more than 1 EUR and (Pulse is at most 2 or not (Promoter is yes))',
    );
  });
});

it('calls a playbook by its name, and a goal by how it stands', () => {
  const playbook = '0b6c1f0e-7c7e-4f5e-8d3a-2f6f1f0d9c11';
  const rule: Rule = {
    kind: 'related',
    of: 'goal',
    quantifier: 'none',
    rule: {
      kind: 'all',
      rules: [
        { kind: 'compare', field: 'playbook', op: 'in', value: [playbook] },
        { kind: 'compare', field: 'open', op: 'eq', value: true },
      ],
    },
  };
  expect(describeRule(rule, [], [], [{ id: playbook, name: 'Win back' }])).toBe(
    'has no goal where (Playbook is Win back and Open is yes)',
  );
  expect(describeRule(rule, [])).toBe(`has no goal where (Playbook is ${playbook} and Open is yes)`);
  const ended: Rule = {
    kind: 'related',
    of: 'goal',
    quantifier: 'any',
    rule: {
      kind: 'any',
      rules: [
        { kind: 'compare', field: 'outcome', op: 'in', value: ['noResponse'] },
        { kind: 'compare', field: 'status', op: 'in', value: ['achieved', 'missed'] },
        { kind: 'date', field: 'dueOn', op: 'inNextDays', days: 7 },
      ],
    },
  };
  expect(describeLeaf(ended as RuleLeaf, [])).toBe(
    'has a goal where (Outcome is No response or Status is one of Achieved, Missed or Due on is in the next 7 days)',
  );
});

it('tells of child accounts in the words of the account’s own fields', () => {
  const ofChildren = (of: Partial<RelatedLeaf>, rule: Rule): Rule => {
    return { kind: 'related', of: 'childAccount', quantifier: 'any', ...of, rule };
  };
  const isAtRisk: Rule = { kind: 'compare', field: 'band', op: 'eq', value: 'at_risk' };
  const isLarge: Rule = { kind: 'compare', field: 'arr', op: 'gte', value: 50_000 };
  const isWeak: Rule = { kind: 'compare', field: 'score', op: 'lt', value: 31 };
  expect(describeRule(ofChildren({}, { kind: 'all', rules: [isAtRisk, isLarge] }), catalogue)).toBe(
    'has a child account where (Health band is At risk and ARR is at least 50,000 EUR)',
  );
  expect(describeRule(ofChildren({ quantifier: 'none' }, isWeak), catalogue)).toBe(
    'has no child account where (Health score is less than 31 points)',
  );
  const ofAda: Rule = { kind: 'compare', field: 'csm', op: 'eq', value: 'u1' };
  expect(describeRule(ofChildren({ quantifier: 'all' }, ofAda), catalogue)).toBe(
    'has child accounts, and each of them: (CSM is Ada Byron)',
  );
  const isDue: Rule = { kind: 'date', field: 'renewalDate', op: 'inNextDays', days: 90 };
  expect(describeLeaf(ofChildren({ quantifier: 'atLeast', n: 2 }, isDue) as RuleLeaf, catalogue)).toBe(
    'has at least 2 child accounts where (Renewal date is in the next 90 days)',
  );
});

it('calls a segment by its name', () => {
  const segment = '0b6c1f0e-7c7e-4f5e-8d3a-2f6f1f0d9c11';
  const rule: Rule = { kind: 'member', segment, is: false };
  expect(describeRule(rule, [], [{ id: segment, name: 'VIP' }])).toBe('is not in segment “VIP”');
  expect(describeRule({ ...rule, is: true }, [])).toBe(`is in segment “${segment}”`);
});
