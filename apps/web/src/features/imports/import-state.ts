import type { Import, ImportState } from '@steward/shared/import-api';

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
