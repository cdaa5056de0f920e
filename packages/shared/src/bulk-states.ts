/** How far bulk actions come, without the schemas: screens load this on pages that order them. */

export const BULK_STATES = ['queued', 'running', 'cancelling', 'done', 'cancelled', 'failed'] as const;
export type BulkState = (typeof BULK_STATES)[number];

/** An action that has ended does nothing more. */
export function hasEnded(state: BulkState): boolean {
  return state === 'done' || state === 'cancelled' || state === 'failed';
}

/**
 * What became of an account: `due` not yet; `done` changed; `unchanged` was so already; `refused` with a code; `gone`
 * no longer among the accounts that the person sees.
 */
export const BULK_OUTCOMES = ['due', 'done', 'unchanged', 'refused', 'gone'] as const;
export type BulkOutcome = (typeof BULK_OUTCOMES)[number];
