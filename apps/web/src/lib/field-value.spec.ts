import type { CatalogueField } from '@steward/shared/catalogue';
import { fieldValueText } from './field-value.js';

const aField = (fields: Partial<CatalogueField>): CatalogueField => ({
  key: 'account.arr',
  label: 'ARR',
  group: 'Account',
  type: 'money',
  unit: 'EUR',
  description: '',
  stage: 'facts',
  history: 'snapshot',
  options: null,
  sortable: true,
  tracked: true,
  ...fields,
});

it('says money in the workspace’s currency, from major units', () => {
  expect(fieldValueText(aField({}), 50000, 'EUR')).toBe('€50,000');
});

it('says the label of a member, and of each of several', () => {
  const options = [{ value: 'at_risk', label: 'At risk' }];
  expect(fieldValueText(aField({ type: 'enum', options }), 'at_risk', 'EUR')).toBe('At risk');
  expect(fieldValueText(aField({ type: 'tags' }), ['vip', 'emea'], 'EUR')).toBe('vip, emea');
});

it('never says 0 or an empty text for what is not set', () => {
  expect(fieldValueText(aField({}), null, 'EUR')).toBe('–');
  expect(fieldValueText(aField({ type: 'tags' }), [], 'EUR')).toBe('–');
});

it('says days, percents and yes or no as everywhere', () => {
  expect(fieldValueText(aField({ type: 'date' }), '2026-04-15', 'EUR')).toBe('15 Apr 2026');
  expect(fieldValueText(aField({ type: 'percent' }), 91.25, 'EUR')).toBe('91.3 %');
  expect(fieldValueText(aField({ type: 'boolean' }), false, 'EUR')).toBe('no');
  // A signal that is true or false is kept as a number.
  expect(fieldValueText(aField({ type: 'boolean', unit: null }), 1, 'EUR')).toBe('yes');
});
