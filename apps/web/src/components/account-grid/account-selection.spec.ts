import type { AccountRow } from '@steward/shared/accounts';
import { questionOfSelection, sizeOfSelection } from './account-selection.js';
import type { AccountQuestion } from './count-accounts.js';

const row = (externalId: string, arrMinor: number | null): AccountRow =>
  ({ id: externalId, externalId, arrMinor }) as AccountRow;
const atRisk: AccountQuestion = {
  rule: { kind: 'compare', field: 'health.band', op: 'in', value: ['at_risk'] },
  text: 'inc',
  asOf: '2026-04-15',
};

it('rows ticked one by one are asked for by their ids, whatever the filters are', () => {
  expect(questionOfSelection({ kind: 'rows', rows: [row('A-1', 5)] }, atRisk)).toEqual({
    rule: { kind: 'compare', field: 'account.externalId', op: 'in', value: ['A-1'] },
    text: '',
    asOf: '2026-04-15',
  });
});

it('all that match are asked for by the question itself', () => {
  expect(questionOfSelection({ kind: 'matching', without: [] }, atRisk)).toEqual(atRisk);
});

it('those taken out by hand are left out of all that match', () => {
  const but = { kind: 'compare', field: 'account.externalId', op: 'notIn', value: ['A-1'] };
  const selection = { kind: 'matching', without: [row('A-1', 5)] } as const;
  expect(questionOfSelection(selection, atRisk)).toEqual({
    ...atRisk,
    rule: { kind: 'all', rules: [atRisk.rule, but] },
  });
  expect(questionOfSelection(selection, { ...atRisk, rule: null }).rule).toEqual(but);
});

it('the ARR of a selection leaves unknown amounts out', () => {
  expect(sizeOfSelection({ kind: 'rows', rows: [row('A-1', 500), row('A-2', null)] }, null)).toEqual({
    accounts: 2,
    arrMinor: 500,
  });
  expect(sizeOfSelection({ kind: 'rows', rows: [row('A-2', null)] }, null)).toEqual({ accounts: 1, arrMinor: null });
  const matching = { accounts: 1284, arrMinor: 90_000 };
  expect(sizeOfSelection({ kind: 'matching', without: [row('A-1', 500)] }, matching)).toEqual({
    accounts: 1283,
    arrMinor: 89_500,
  });
  expect(sizeOfSelection({ kind: 'matching', without: [] }, null)).toBeNull();
});
