import type { Import, ImportState } from '@steward/shared/import-api';
import type { ImportCounts } from '@steward/shared/imports';

const WORDS: Record<ImportState, string> = {
  uploaded: 'Not mapped yet',
  checking: 'Checking',
  checked: 'Checked, not imported',
  queued: 'Waiting',
  running: 'Importing',
  done: 'Imported',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

export function importStateText({ state, progress }: Pick<Import, 'state' | 'progress'>): string {
  const busy = state === 'running' || state === 'checking';
  return busy ? `${WORDS[state]}, ${Math.floor(progress * 100)} %` : WORDS[state];
}

/** What follows from an import that is done. */
export function whatFollows(did: Pick<ImportCounts, 'rows' | 'created' | 'updated'> | null): string {
  if (did === null || did.rows === 0) return 'The file held no rows, so nothing changed.';
  if (did.created + did.updated === 0) return 'It changed nothing.';
  return 'Scores of the accounts concerned follow within moments of that.';
}

/** What is left of an import that ended before its file did. */
export function whatIsKept(committedLine: number): string {
  return committedLine === 0
    ? 'It ended before its first row was taken. What an earlier run of it took is kept.'
    : `What had been taken up to line ${committedLine} is kept; importing the same file again changes nothing twice.`;
}
