import type { AccountRow } from '@steward/shared/accounts';
import type { Rule } from '@steward/shared/rules';
import type { AccountQuestion } from './count-accounts.js';

/** Rows ticked one by one, or all that match the question but those taken out by hand. */
export type AccountSelection =
  | { kind: 'rows'; rows: readonly AccountRow[] }
  | { kind: 'matching'; without: readonly AccountRow[] };

export const NOTHING_SELECTED: AccountSelection = { kind: 'rows', rows: [] };

const externalIds = (rows: readonly AccountRow[]): string[] => rows.map((row) => row.externalId);

/** What the server is asked for the selected accounts: it is sent as a rule, never as a list of all that match. */
export function questionOfSelection(selection: AccountSelection, question: AccountQuestion): AccountQuestion {
  const field = 'account.externalId';
  if (selection.kind === 'rows') {
    const rule: Rule = { kind: 'compare', field, op: 'in', value: externalIds(selection.rows) };
    return { rule, text: '', asOf: question.asOf };
  }
  if (selection.without.length === 0) return question;
  const but: Rule = { kind: 'compare', field, op: 'notIn', value: externalIds(selection.without) };
  return { ...question, rule: question.rule ? { kind: 'all', rules: [question.rule, but] } : but };
}

export interface SelectionSize {
  accounts: number;
  /** Of the accounts whose ARR is known; null where it is of none. */
  arrMinor: number | null;
}

function sumOfArr(rows: readonly AccountRow[]): number | null {
  const known = rows.flatMap(({ arrMinor }) => (arrMinor === null ? [] : [arrMinor]));
  return known.length === 0 ? null : known.reduce((sum, arr) => sum + arr, 0);
}

/** How many accounts are selected and their ARR; null while it is not known how many match. */
export function sizeOfSelection(selection: AccountSelection, matching: SelectionSize | null): SelectionSize | null {
  if (selection.kind === 'rows') return { accounts: selection.rows.length, arrMinor: sumOfArr(selection.rows) };
  if (matching === null) return null;
  return {
    accounts: matching.accounts - selection.without.length,
    arrMinor: matching.arrMinor === null ? null : matching.arrMinor - (sumOfArr(selection.without) ?? 0),
  };
}
