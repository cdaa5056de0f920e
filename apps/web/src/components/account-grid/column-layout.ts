import { ACCOUNT_COLUMNS, columnOf, columnSortedBy } from './columns.js';

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

/** The columns that are shown, in order, by the fields that they show. */
export const fieldsShown = (layout: readonly ColumnLayoutEntry[]): string[] =>
  completeLayout(layout).flatMap(({ colId, hide }) => (hide ? [] : [columnOf(colId)?.sortField ?? []].flat()));

/** The columns of these fields, in their order and as wide as they are here; the account's name is always first. */
export function layoutOfFields(fields: readonly string[], widths: readonly ColumnLayoutEntry[]): ColumnLayoutEntry[] {
  const known = completeLayout(widths);
  const fixed = ACCOUNT_COLUMNS.filter((column) => column.fixed).map(({ id }) => id);
  const shown = [...new Set([...fixed, ...fields.flatMap((field) => columnSortedBy(field)?.id ?? [])])];
  const entry = (colId: string) => known.find((each) => each.colId === colId);
  return [
    ...shown.flatMap((colId) => ({ colId, width: entry(colId)?.width ?? 120, hide: false })),
    ...known.filter(({ colId }) => !shown.includes(colId)).map((each) => ({ ...each, hide: true })),
  ];
}
