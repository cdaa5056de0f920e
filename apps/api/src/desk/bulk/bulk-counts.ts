import { BULK_REFUSALS, type BulkCounts, type BulkRefusal } from '@steward/shared/bulk';
import { type BulkOutcome } from '@steward/shared/bulk-states';

interface Tally {
  state: BulkOutcome;
  code: string | null;
  accounts: number;
}

/** Accounts by what became of them. */
export function countsOf(tallies: readonly Tally[]): BulkCounts {
  const counts: BulkCounts = { due: 0, done: 0, unchanged: 0, refused: 0, gone: 0 };
  for (const { state, accounts } of tallies) counts[state] += accounts;
  return counts;
}

/** A refusal in words; one that this version does not know is its code. */
export function reasonOf(code: string): string {
  return BULK_REFUSALS[code as BulkRefusal] ?? code;
}

export function refusalsOf(tallies: readonly Tally[]): { code: string; reason: string; accounts: number }[] {
  return tallies.flatMap(({ state, code, accounts }) =>
    state === 'refused' && code !== null ? [{ code, reason: reasonOf(code), accounts }] : [],
  );
}
