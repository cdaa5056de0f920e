import { type Rule, ruleSchema } from '@steward/shared/rules';
import { filtersOfRule, ME, ruleOfFilters } from './filter-rule.js';
import { type AccountFilters, NO_FILTERS } from './filters.js';

const MY_ID = 'f0d1';
/** The parts of a rule in the order in which a database gives them. */
const ANY_ORDER = { op: 0, kind: 0, days: 0, rule: 0, field: 0, rules: 0, value: 0 };
const filters = (some: Partial<AccountFilters>): AccountFilters => ({ ...NO_FILTERS, ...some });
const leaves = (some: Partial<AccountFilters>) => {
  const rule = ruleOfFilters(filters(some), MY_ID);
  return rule?.kind === 'all' ? rule.rules : [];
};

it('nothing chosen is no rule; the search text is matched by the server', () => {
  expect(ruleOfFilters(filters({ text: 'acme' }), MY_ID)).toBeNull();
});

it('bands, tiers, stages and states are lists of members', () => {
  expect(leaves({ bands: ['at_risk', 'watch'], tiers: ['T1'] })).toEqual([
    { kind: 'compare', field: 'health.band', op: 'in', value: ['at_risk', 'watch'] },
    { kind: 'compare', field: 'tier', op: 'in', value: ['T1'] },
  ]);
});

it('an owner is the csm or the am, and “me” is the signed-in person', () => {
  expect(leaves({ owners: ['me', 'a1', 'f0d1'] })).toEqual([
    {
      kind: 'any',
      rules: [
        { kind: 'compare', field: 'account.csm', op: 'in', value: ['f0d1', 'a1'] },
        { kind: 'compare', field: 'account.am', op: 'in', value: ['f0d1', 'a1'] },
      ],
    },
  ]);
});

it('“nobody” is an account with neither', () => {
  expect(leaves({ owners: ['none'] })).toEqual([
    {
      kind: 'any',
      rules: [
        {
          kind: 'all',
          rules: [
            { kind: 'compare', field: 'account.csm', op: 'isNotSet' },
            { kind: 'compare', field: 'account.am', op: 'isNotSet' },
          ],
        },
      ],
    },
  ]);
});

it.each([
  [
    { arrFrom: 5000, arrTo: 90000 },
    { op: 'between', value: [5000, 90000] },
  ],
  [{ arrFrom: 5000 }, { op: 'gte', value: 5000 }],
  [{ arrTo: 90000 }, { op: 'lte', value: 90000 }],
])('an ARR range %j in major units', (range, expected) => {
  expect(leaves(range)).toEqual([{ kind: 'compare', field: 'account.arr', ...expected }]);
});

it('renewal in the next days, or a customer past the date', () => {
  expect(leaves({ renewal: 90 })).toEqual([{ kind: 'date', field: 'account.renewalDate', op: 'inNextDays', days: 90 }]);
  expect(leaves({ renewal: 'overdue' })).toEqual([
    { kind: 'date', field: 'account.renewalDate', op: 'moreThanDaysAgo', days: 0 },
    { kind: 'compare', field: 'account.status', op: 'eq', value: 'customer' },
  ]);
});

it('is a rule that the contract takes', () => {
  const rule = ruleOfFilters(
    filters({
      bands: ['at_risk'],
      owners: ['me', 'none'],
      arrFrom: 1,
      renewal: 'overdue',
      more: [{ kind: 'change', field: 'health.score', direction: 'down', by: 20, unit: 'points', overDays: 30 }],
    }),
    MY_ID,
  );
  expect(ruleSchema.parse(rule)).toEqual(rule);
});

it('a rule shows as the filters that ask the same', () => {
  const shown = filters({
    bands: ['at_risk'],
    tiers: ['T1', 'T2'],
    statuses: ['customer'],
    more: [{ kind: 'not', rule: { kind: 'compare', field: 'stage', op: 'in', value: ['trial'] } }],
  });
  expect(filtersOfRule(ruleOfFilters(shown, MY_ID) ?? { kind: 'all', rules: [] })).toEqual(shown);
  const either: Rule = { kind: 'any', rules: [{ kind: 'compare', field: 'tier', op: 'in', value: ['T1'] }] };
  expect(filtersOfRule(either)).toEqual(filters({ more: [either] }));
});

it('of two lists on one field the second stays a condition of its own', () => {
  const tier = (value: string): Rule => ({ kind: 'compare', field: 'tier', op: 'in', value: [value] });
  const rule: Rule = { kind: 'all', rules: [tier('T1'), tier('T2')] };
  expect(filtersOfRule(rule)).toEqual(filters({ tiers: ['T1'], more: [tier('T2')] }));
});

it.each<Partial<AccountFilters>>([
  { owners: ['me', 'a1', 'none'] },
  { owners: ['none'] },
  { arrFrom: 5000 },
  { arrTo: 90000 },
  { arrFrom: 5000, arrTo: 90000, renewal: 90 },
  { renewal: 'overdue', statuses: ['customer'] },
  { bands: ['watch'], more: [{ kind: 'any', rules: [{ kind: 'compare', field: 'account.csm', op: 'isSet' }] }] },
])('what is kept opens as the same filters: %j', (some) => {
  const kept = JSON.parse(JSON.stringify(ruleOfFilters(filters(some), ME), Object.keys(ANY_ORDER)));
  expect(filtersOfRule(kept)).toEqual(filters(some));
});
