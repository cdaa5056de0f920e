import { COMPARE_OPERATORS, DATE_OPERATORS, DATE_OPERATORS_WITH } from '@steward/shared/rule-operators';
import { leafOf, leafText, type SimpleLeaf, type WrittenLeaf } from './leaf-text.js';

const leaves: WrittenLeaf[] = [
  { kind: 'compare', field: 'usage.active_contacts_change', op: 'lte', value: -30 },
  { kind: 'compare', field: 'account.arr', op: 'between', value: [10, 20.5] },
  { kind: 'compare', field: 'stage', op: 'notIn', value: ['trial', 'churned'] },
  { kind: 'compare', field: 'sentiment.promoter', op: 'eq', value: true },
  { kind: 'compare', field: 'sentiment.pulse', op: 'isNotSet' },
  { kind: 'date', field: 'account.renewalDate', op: 'inNextDays', days: 90 },
  { kind: 'date', field: 'account.customerSince', op: 'onOrBefore', day: '2026-04-15' },
  { kind: 'date', field: 'account.renewalDate', op: 'inThis', period: 'quarter' },
  { kind: 'held', field: 'health.band', op: 'eq', value: 'at_risk', days: 30 },
  { kind: 'held', field: 'stage', op: 'in', value: ['trial', 'onboarding'], days: 60 },
  { kind: 'compareFields', field: 'usage.active_contacts', op: 'lt', times: 0.5, other: 'account.seats' },
  { kind: 'change', field: 'health.score', direction: 'down', by: 20, unit: 'points', overDays: 30 },
  { kind: 'transition', field: 'stage', from: ['onboarding'], to: ['adoption', 'established'], inLastDays: 7 },
  { kind: 'transition', field: 'health.band', to: ['at_risk'], inLastDays: 30 },
  { kind: 'eventCount', event: null, op: 'eq', count: 0, inLastDays: 14 },
  {
    kind: 'eventCount',
    event: 'report (new)|a,b',
    feature: 'exports',
    where: [
      { property: 'format', op: 'in', value: ['pdf', 7] },
      { property: 'size', op: 'gte', value: 10.5 },
      { property: 'draft', op: 'neq', value: true },
    ],
    op: 'gte',
    count: 3,
    inLastDays: 30,
  },
  { kind: 'member', segment: '0d7f0b0e-8d3a-5c55-9b0f-52f1d6f6f2a4', is: false },
  { kind: 'member', segment: '0d7f0b0e-8d3a-5c55-9b0f-52f1d6f6f2a4', is: true, now: true },
];

it.each(leaves)('a condition survives the address: %j', (leaf) => {
  expect(leafOf(leafText(leaf))).toEqual(leaf);
});

it('a number and the same digits as text stay apart', () => {
  const text: SimpleLeaf = { kind: 'compare', field: 'attribute.code', op: 'eq', value: '7' };
  expect(leafOf(leafText(text))).toEqual(text);
});

it.each([
  '',
  'health.score',
  'health.score~',
  'health.score~gte',
  'health.score~down~x|points|30',
  '~eq~1',
  'a~on~soon',
  'a~inNextDays~-1',
  'health.band~held~30',
  "health.band~held~0|'at_risk",
  'usage.active_contacts~ltTimes~0.5',
  'usage.active_contacts~ltTimes~|account.seats',
  "stage~moved~7|'adoption",
  "stage~moved~0|>'adoption",
  'event~happened~gte|3|0|*|',
  'event~happened~often|3|14|*|',
  "event~happened~gte|3|14|*||'format,like,'pdf",
  'segment~has~renewals',
])('what is no condition is left out: “%s”', (text) => {
  expect(leafOf(text)).toBeNull();
});

it.each(COMPARE_OPERATORS)('the comparison %s stands in an address', (op) => {
  const values = { isSet: undefined, isNotSet: undefined, between: [1, 2], in: ['a'], notIn: ['a', 'b'] };
  const value = op in values ? values[op as keyof typeof values] : 7;
  const leaf: SimpleLeaf = { kind: 'compare', field: 'attribute.code', op, ...(value !== undefined && { value }) };
  expect(leafOf(leafText(leaf))).toEqual(leaf);
});

it.each(DATE_OPERATORS)('the date condition %s stands in an address, and not without its operand', (op) => {
  const given = { days: { days: 30 }, day: { day: '2026-04-15' }, period: { period: 'month' } } as const;
  const leaf: SimpleLeaf = { kind: 'date', field: 'account.renewalDate', op, ...given[DATE_OPERATORS_WITH[op]] };
  expect(leafOf(leafText(leaf))).toEqual(leaf);
  expect(leafOf(`account.renewalDate~${op}~none`)).toBeNull();
});
