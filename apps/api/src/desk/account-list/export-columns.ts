import type { AccountRow } from '@steward/shared/accounts';
import { majorText } from '../../domain/values/money.js';

interface ExportColumn {
  header: string;
  cell: (row: AccountRow, currency: string) => string | number | null;
}

/** Signals are kept with seven digits, of which the last mean nothing. */
const hundredths = (value: number | null) => (value === null ? null : Math.round(value * 100) / 100);

const COLUMNS: readonly ExportColumn[] = [
  { header: 'Account id', cell: (row) => row.externalId },
  { header: 'Name', cell: (row) => row.name },
  { header: 'Status', cell: (row) => row.status },
  { header: 'Health score', cell: (row) => row.score },
  { header: 'Health band', cell: (row) => row.band },
  { header: 'In band since', cell: (row) => row.bandSince },
  { header: 'Health change (30 days)', cell: (row) => row.healthChange },
  { header: 'Trend', cell: (row) => row.trend },
  { header: 'Tier', cell: (row) => row.tier },
  { header: 'Stage', cell: (row) => row.stage },
  { header: 'In stage since', cell: (row) => row.stageSince },
  {
    header: 'ARR',
    cell: (row, currency) => (row.arrMinor === null ? null : majorText({ amountMinor: row.arrMinor, currency })),
  },
  { header: 'Currency', cell: (row, currency) => (row.arrMinor === null ? null : currency) },
  { header: 'Seats', cell: (row) => row.seats },
  { header: 'Active contacts', cell: (row) => row.activeContacts },
  { header: 'Seat utilisation %', cell: (row) => hundredths(row.seatUtilization) },
  { header: 'NPS', cell: (row) => hundredths(row.nps) },
  { header: 'Days since last touch', cell: (row) => row.daysSinceTouch },
  { header: 'Renewal date', cell: (row) => row.renewalDate },
  { header: 'Primary contact', cell: (row) => row.primaryContact },
  { header: 'Customer since', cell: (row) => row.customerSince },
  { header: 'Leaves on', cell: (row) => row.leavesOn },
  { header: 'CSM', cell: (row) => row.csm?.name ?? null },
  { header: 'Account manager', cell: (row) => row.am?.name ?? null },
  { header: 'Industry', cell: (row) => row.industry },
  { header: 'Region', cell: (row) => row.region },
  { header: 'Plan', cell: (row) => row.plan },
  { header: 'Tags', cell: (row) => row.tags.join(', ') },
];

export const EXPORT_HEADERS = COLUMNS.map(({ header }) => header);

/** A row of the list as cells of the file; what is not known is empty. */
export function exportCells(row: AccountRow, currency: string): string[] {
  return COLUMNS.map(({ cell }) => String(cell(row, currency) ?? ''));
}
