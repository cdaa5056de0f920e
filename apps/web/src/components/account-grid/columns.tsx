import type { AccountRow } from '@steward/shared/accounts';
import type { ColDef } from 'ag-grid-community';
import type { FunctionComponent } from 'react';
import {
  ActivityCell,
  ActivityChangeCell,
  ArrCell,
  BandCell,
  BreadthChangeCell,
  ChangeCell,
  NameCell,
  NpsCell,
  OwnerCell,
  PlainCell,
  PrimaryContactCell,
  PromoterCell,
  RenewalCell,
  ScoreCell,
  SinceCell,
  StageCell,
  StatusCell,
  TagsCell,
  TierCell,
  TouchCell,
  UtilizationCell,
} from './cells.js';
import type { CellProps } from './grid-context.js';

export interface AccountColumn {
  id: string;
  label: string;
  /** Catalogue field that the server sorts by. */
  sortField: string;
  width: number;
  numeric?: boolean;
  /** Not shown until it is chosen. */
  extra?: boolean;
  /** The grid never lets it be hidden. */
  fixed?: boolean;
  cell: FunctionComponent<CellProps>;
}

export const ACCOUNT_COLUMNS: readonly AccountColumn[] = [
  { id: 'name', label: 'Account', sortField: 'account.name', width: 200, fixed: true, cell: NameCell },
  { id: 'score', label: 'Health', sortField: 'health.score', width: 196, cell: ScoreCell },
  { id: 'change', label: 'Change, 30 d', sortField: 'health.change', width: 108, numeric: true, cell: ChangeCell },
  { id: 'tier', label: 'Tier', sortField: 'tier', width: 60, cell: TierCell },
  { id: 'stage', label: 'Stage', sortField: 'stage', width: 104, cell: StageCell },
  { id: 'arr', label: 'ARR', sortField: 'account.arr', width: 82, numeric: true, cell: ArrCell },
  { id: 'renewal', label: 'Renewal', sortField: 'account.renewalDate', width: 156, cell: RenewalCell },
  {
    id: 'touch',
    label: 'Last touch',
    sortField: 'relationship.days_since_touch',
    width: 88,
    numeric: true,
    cell: TouchCell,
  },
  { id: 'nps', label: 'NPS', sortField: 'sentiment.nps', width: 60, numeric: true, cell: NpsCell },
  { id: 'csm', label: 'CSM', sortField: 'account.csm', width: 116, cell: OwnerCell },
  {
    id: 'utilization',
    label: 'Seats used',
    sortField: 'usage.seat_utilization',
    width: 110,
    numeric: true,
    cell: UtilizationCell,
  },
  {
    id: 'activity',
    label: 'Active contacts',
    sortField: 'usage.active_contacts',
    width: 128,
    numeric: true,
    extra: true,
    cell: ActivityCell,
  },
  {
    id: 'activityChange',
    label: 'Active contacts, change',
    sortField: 'usage.active_contacts_change',
    width: 178,
    numeric: true,
    extra: true,
    cell: ActivityChangeCell,
  },
  {
    id: 'breadthChange',
    label: 'Feature breadth, change',
    sortField: 'adoption.breadth_change',
    width: 184,
    numeric: true,
    extra: true,
    cell: BreadthChangeCell,
  },
  { id: 'promoter', label: 'Promoter', sortField: 'sentiment.promoter', width: 90, extra: true, cell: PromoterCell },
  {
    id: 'primaryContact',
    label: 'Primary contact',
    sortField: 'account.primaryContact',
    width: 150,
    extra: true,
    cell: PrimaryContactCell,
  },
  { id: 'am', label: 'Account manager', sortField: 'account.am', width: 148, extra: true, cell: OwnerCell },
  { id: 'band', label: 'Band', sortField: 'health.band', width: 100, extra: true, cell: BandCell },
  { id: 'status', label: 'Status', sortField: 'account.status', width: 100, extra: true, cell: StatusCell },
  {
    id: 'since',
    label: 'Customer since',
    sortField: 'account.customerSince',
    width: 130,
    extra: true,
    cell: SinceCell,
  },
  { id: 'industry', label: 'Industry', sortField: 'account.industry', width: 150, extra: true, cell: PlainCell },
  { id: 'region', label: 'Region', sortField: 'account.region', width: 120, extra: true, cell: PlainCell },
  { id: 'plan', label: 'Plan', sortField: 'account.plan', width: 120, extra: true, cell: PlainCell },
  { id: 'tags', label: 'Tags', sortField: 'account.tags', width: 180, extra: true, cell: TagsCell },
];

export const columnOf = (id: string): AccountColumn | null => ACCOUNT_COLUMNS.find((each) => each.id === id) ?? null;
export const columnSortedBy = (field: string): AccountColumn | null =>
  ACCOUNT_COLUMNS.find((each) => each.sortField === field) ?? null;

export function columnDefs(sortable: (field: string) => boolean): ColDef<AccountRow>[] {
  return ACCOUNT_COLUMNS.map((column) => ({
    colId: column.id,
    headerName: column.label,
    initialWidth: column.width,
    minWidth: 56,
    initialHide: column.extra ?? false,
    initialPinned: column.fixed ? 'left' : undefined,
    lockPinned: true,
    lockVisible: true,
    lockPosition: column.fixed ? 'left' : false,
    sortable: sortable(column.sortField),
    sortingOrder: column.numeric ? ['desc', 'asc'] : ['asc', 'desc'],
    cellRenderer: column.cell,
    cellClass: column.numeric ? 'numeric' : undefined,
    headerClass: column.numeric ? 'numeric' : undefined,
  }));
}
