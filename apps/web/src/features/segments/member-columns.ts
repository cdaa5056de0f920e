import type { Segment } from '@steward/shared/segments';
import type { ColumnLayoutEntry } from '../../components/account-grid/column-layout.js';
import { ACCOUNT_COLUMNS } from '../../components/account-grid/columns.js';

/**
 * The segment's own columns in their order, the account's name before them; null: those of the list. A column that the
 * grid cannot draw is left out.
 */
export function memberLayout(columns: Segment['columns']): ColumnLayoutEntry[] {
  if (columns === null) {
    return ACCOUNT_COLUMNS.map(({ id, width, extra = false }) => ({ colId: id, width, hide: extra }));
  }
  const rank = (field: string) => columns.indexOf(field);
  return [...ACCOUNT_COLUMNS]
    .map((column) => ({ column, shown: (column.fixed ?? false) || rank(column.sortField) >= 0 }))
    .sort((a, b) => {
      if (a.column.fixed !== b.column.fixed) return a.column.fixed ? -1 : 1;
      if (a.shown !== b.shown) return a.shown ? -1 : 1;
      return rank(a.column.sortField) - rank(b.column.sortField);
    })
    .map(({ column, shown }) => ({ colId: column.id, width: column.width, hide: !shown }));
}
