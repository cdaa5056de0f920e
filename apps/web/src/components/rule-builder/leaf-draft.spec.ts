import type { CatalogueField } from '@steward/shared/catalogue';
import { draftOfLeaf, EMPTY_DRAFT, leafOfDraft } from './leaf-draft.js';
import type { SimpleLeaf } from './leaf-text.js';
import { operatorsOf } from './operators.js';

const field = (key: string, more: Partial<CatalogueField> = {}): CatalogueField => ({
  key,
  label: key,
  group: 'Account',
  type: 'number',
  unit: null,
  description: '',
  stage: 'facts',
  history: 'snapshot',
  options: null,
  sortable: true,
  tracked: false,
  ...more,
});
const band = field('health.band', { type: 'enum', tracked: true });

it.each<[CatalogueField, SimpleLeaf]>([
  [field('account.arr'), { kind: 'compare', field: 'account.arr', op: 'between', value: [10, 20.5] }],
  [field('stage', { type: 'enum' }), { kind: 'compare', field: 'stage', op: 'notIn', value: ['trial', 'churned'] }],
  [field('promoter', { type: 'boolean' }), { kind: 'compare', field: 'promoter', op: 'eq', value: false }],
  [field('account.name', { type: 'text' }), { kind: 'compare', field: 'account.name', op: 'contains', value: 'Inc' }],
  [
    field('account.renewalDate', { type: 'date' }),
    { kind: 'date', field: 'account.renewalDate', op: 'inThis', period: 'year' },
  ],
  [band, { kind: 'held', field: 'health.band', op: 'eq', value: 'at_risk', days: 30 }],
  [band, { kind: 'held', field: 'health.band', op: 'in', value: ['at_risk', 'watch'], days: 30 }],
  [band, { kind: 'transition', field: 'health.band', from: ['healthy'], to: ['at_risk'], inLastDays: 30 }],
  [field('stage', { type: 'enum' }), { kind: 'compare', field: 'stage', op: 'eq', value: 'trial' }],
  [
    field('account.arr', { type: 'money', unit: 'EUR' }),
    { kind: 'change', field: 'account.arr', direction: 'up', by: 500, unit: 'absolute', overDays: 30 },
  ],
  [
    field('usage.active_contacts'),
    { kind: 'compareFields', field: 'usage.active_contacts', op: 'lt', times: 0.5, other: 'account.seats' },
  ],
  [
    field('health.score', { unit: 'points' }),
    { kind: 'change', field: 'health.score', direction: 'down', by: 20, unit: 'points', overDays: 14 },
  ],
])('a condition opened for change and left as it is stays the same: %#', (about, leaf) => {
  expect(leafOfDraft(about, draftOfLeaf(leaf))).toEqual(leaf);
});

it('a state that has held needs a value and a number of days', () => {
  expect(leafOfDraft(band, { ...EMPTY_DRAFT, op: 'held', list: ['at_risk'], number: null })).toBeNull();
  expect(leafOfDraft(band, { ...EMPTY_DRAFT, op: 'held', list: [], number: 30 })).toBeNull();
});

it('held states are offered where they are kept, and multiples of other fields for numbers', () => {
  expect(operatorsOf(band)).toContain('held');
  expect(operatorsOf(field('account.size', { type: 'enum' }))).not.toContain('held');
  expect(operatorsOf(field('usage.active_contacts'))).toContain('ltTimes');
});
