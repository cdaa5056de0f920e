import type { MappingDraft } from './mapping-draft.js';

/** What was said of a file's columns, kept in this tab until the file is checked, so that a reload loses nothing. */

const keyOf = (importId: string): string => `steward.import-draft.${importId}`;

export function keepDraft(importId: string, draft: MappingDraft): void {
  try {
    sessionStorage.setItem(keyOf(importId), JSON.stringify(draft));
  } catch {
    // A full storage keeps nothing: the draft is lost with a reload, as it would be without it.
  }
}

/** Null: there is none, or it cannot be read back. */
export function keptDraft(importId: string): MappingDraft | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(keyOf(importId)) ?? 'null') as MappingDraft | null;
    return Array.isArray(kept?.columns) ? kept : null;
  } catch {
    return null;
  }
}

export function forgetDraft(importId: string): void {
  sessionStorage.removeItem(keyOf(importId));
}
