import { ACCOUNT_COLUMNS } from './columns.js';

/** Order, width and visibility of the grid's columns, kept in this browser. */
export interface ColumnLayoutEntry {
  colId: string;
  width: number;
  hide: boolean;
}

export const LAYOUT_KEY = 'steward.accounts.columns';

export const DEFAULT_LAYOUT: ColumnLayoutEntry[] = ACCOUNT_COLUMNS.map((column) => ({
  colId: column.id,
  width: column.width,
  hide: column.extra ?? false,
}));

export function isColumnLayout(value: unknown): value is ColumnLayoutEntry[] {
  return (
    Array.isArray(value) &&
    value.every(
      (each: Partial<ColumnLayoutEntry> | null) =>
        each !== null &&
        typeof each === 'object' &&
        typeof each.colId === 'string' &&
        typeof each.width === 'number' &&
        typeof each.hide === 'boolean',
    )
  );
}

/** A stored layout without columns that are gone, and with those that are new since it was stored at its end. */
export function completeLayout(stored: readonly ColumnLayoutEntry[]): ColumnLayoutEntry[] {
  const known = stored.filter(({ colId }) => DEFAULT_LAYOUT.some((column) => column.colId === colId));
  const missing = DEFAULT_LAYOUT.filter(({ colId }) => !known.some((column) => column.colId === colId));
  return [...known, ...missing];
}
