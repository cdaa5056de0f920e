import type { ImportDetail } from '@steward/shared/import-api';
import type { MappingDraft } from './mapping-draft.js';

/** What was said of a file's columns, kept in this tab until the file is checked, so that a reload loses nothing. */

type SentMapping = ImportDetail['mapping'];

const keyOf = (importId: string): string => `steward.import-draft.${importId}`;
const textOf = (sent: SentMapping): string => JSON.stringify(sent);

/** `sent` is the mapping that the file had when the draft was begun. */
export function keepDraft(importId: string, sent: SentMapping, draft: MappingDraft): void {
  try {
    sessionStorage.setItem(keyOf(importId), JSON.stringify({ sent: textOf(sent), draft }));
  } catch {
    // A full storage keeps nothing: the draft is lost with a reload, as it would be without it.
  }
}

/** Null: there is none, it cannot be read back, or the file has got another mapping since, from another tab. */
export function keptDraft({ id, mapping }: Pick<ImportDetail, 'id' | 'mapping'>): MappingDraft | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(keyOf(id)) ?? 'null') as {
      sent: string;
      draft: MappingDraft;
    } | null;
    return kept?.sent === textOf(mapping) && Array.isArray(kept.draft.columns) ? kept.draft : null;
  } catch {
    return null;
  }
}

export function forgetDraft(importId: string): void {
  try {
    sessionStorage.removeItem(keyOf(importId));
  } catch {
    // Where nothing can be kept, nothing was.
  }
}
