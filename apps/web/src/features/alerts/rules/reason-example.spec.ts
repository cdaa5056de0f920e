import type { AccountRow, Series } from '@steward/shared/accounts';
import type { CatalogueField } from '@steward/shared/catalogue';
import { reasonExample, reasonInFields, signalsIn, withField } from './reason-example.js';

const aField = (over: Partial<CatalogueField>): CatalogueField => ({
  key: 'account.arr',
  label: 'ARR',
  group: 'Account',
  type: 'number',
  unit: null,
  description: '',
  stage: 'facts',
  history: 'snapshot',
  options: null,
  sortable: true,
  tracked: true,
  ...over,
});
const catalogue = [
  aField({ key: 'account.arr', type: 'money', unit: 'EUR' }),
  aField({ key: 'health.score', label: 'Health score', stage: 'health' }),
  aField({ key: 'usage.active_contacts', label: 'Active contacts', stage: 'signals' }),
  aField({ key: 'relationship.last_champion', label: 'Champion', type: 'text', stage: 'signals' }),
];
const row = { arrMinor: 1_250_000, score: null } as AccountRow;
const series: Series = { days: [], values: { 'usage.active_contacts': [9, 7] }, modelChanges: [], bands: [] };
const example = { row, series, currency: 'EUR' };

describe('the example of a reason', () => {
  it('fills in what the account has, and says of the rest that it is not known', () => {
    const reason = '{{usage.active_contacts}} active of {{account.arr}}, health {{health.score}}';
    expect(reasonExample(reason, catalogue, example)).toBe('7 active of 12,500 EUR, health unknown');
  });

  it('leaves a field that does not exist as it was typed, and names one that no list shows', () => {
    expect(reasonExample('{{gone}}: {{relationship.last_champion}}', catalogue, example)).toBe('{{gone}}: [Champion]');
  });

  it('asks for the signals alone', () => {
    expect(signalsIn('{{usage.active_contacts}} {{health.score}} {{relationship.last_champion}}', catalogue)).toEqual([
      'usage.active_contacts',
    ]);
  });
});

describe('a merge field', () => {
  it('is put where the cursor stands, apart from the word before it', () => {
    expect(withField('Fell to', 'health.score', 7)).toEqual({ text: 'Fell to {{health.score}}', cursor: 24 });
    expect(withField('', 'tier', 0).text).toBe('{{tier}}');
    expect(withField('To  now', 'tier', 3).text).toBe('To {{tier}} now');
  });
});

describe('a reason in a list', () => {
  it('names its fields, and shows no mark of what is said only at times', () => {
    const reason = 'Health is {{health.score}}; [[{{usage.active_contacts}} are active]]';
    expect(reasonInFields(reason, catalogue)).toBe('Health is [Health score]; [Active contacts] are active');
  });
});
