import type { AccountRow } from '@steward/shared/accounts';
import type { ICellRendererParams } from 'ag-grid-community';

export type CellProps = ICellRendererParams<AccountRow, unknown, GridContext>;

/** What cells need beyond their row; handed to the grid once. */
export interface GridContext {
  currency: string;
  asOf: string;
  stageLabel: (stage: string) => string;
  tierLabel: (tier: string) => string;
}
