import { type ReportTable, type ReportTableRow, textCell } from '../../components/report/report-table.js';
import { BAND_ORDER, BAND_WORDS } from '../../components/ui/band.js';
import { formatMoneyCompact, formatNumber, formatPercent, NONE, plural } from '../../lib/format.js';
import { OWNER_COLUMNS, type OwnerPage } from './owner-columns.js';
import type { OwnerRow } from './owner-rows.js';

/** What the table says in a sentence: how many, how much, how much of it at risk, and whose book is the fullest. */
export function ownerWords(rows: readonly OwnerRow[], total: OwnerRow, { currency }: OwnerPage): string {
  const book = total.book;
  if (book === null || book.accounts === 0) return 'No live accounts.';
  const atRisk = book.bands.at_risk ?? { accounts: 0, arrMinor: null };
  const owners = rows.filter(({ kind, book: own }) => kind === 'owner' && own !== null);
  const nobody = rows.find(({ kind }) => kind === 'nobody')?.book?.accounts ?? 0;
  const words = [
    `${plural(book.accounts, 'live account')} of ${owners.length === 0 ? 'nobody' : plural(owners.length, 'owner')}, ${formatMoneyCompact(book.arrMinor, currency)} of ARR`,
    atRisk.accounts === 0
      ? 'none at risk'
      : `${formatNumber(atRisk.accounts)} at risk (${formatPercent((100 * atRisk.accounts) / book.accounts)}) with ${formatMoneyCompact(atRisk.arrMinor, currency)}`,
  ];
  if (nobody > 0 && owners.length > 0) words.push(`${plural(nobody, 'account')} of nobody`);
  const fullest = owners.reduce<OwnerRow | null>(
    (best, row) => ((row.book?.load ?? -1) > (best?.book?.load ?? -1) ? row : best),
    null,
  );
  const load = fullest?.book?.load ?? null;
  const over = owners.filter((row) => (row.book?.load ?? 0) > 100).length;
  const full =
    fullest === null || load === null
      ? ''
      : ` The fullest book is ${fullest.name}’s with ${formatPercent(load)} of its target${over === 0 ? '' : `; ${plural(over, 'owner')} over 100 %`}.`;
  return `${words.join('; ')}.${full}`;
}

/** The table as a file: what is shown, in its order. */
export function ownerTable(rows: readonly OwnerRow[], total: OwnerRow, page: OwnerPage): ReportTable {
  const fileRow = (row: OwnerRow): ReportTableRow => ({
    key: row.key,
    cells: [
      textCell(row.name),
      textCell(row.partly ? 'in part' : ''),
      ...OWNER_COLUMNS.map((column) => {
        const value = column.value(row);
        return value === null
          ? { text: NONE, plain: null }
          : { text: column.text(value, page), plain: column.plain?.(value, page) ?? value };
      }),
      ...BAND_ORDER.map((band) => {
        const accounts = row.book?.bands[band]?.accounts ?? 0;
        return { text: formatNumber(accounts), plain: accounts };
      }),
    ],
  });
  const units: Record<string, string> = { arr: page.currency, load: '%', answer: 'h', resolve: 'days' };
  return {
    columns: [
      { label: 'Owner', numeric: false },
      { label: 'Seen', numeric: false },
      ...OWNER_COLUMNS.map(({ key, label }) => ({
        label,
        numeric: true,
        fileLabel: units[key] === undefined ? label : `${label} (${units[key]})`,
      })),
      ...BAND_ORDER.map((band) => ({ label: BAND_WORDS[band], numeric: true })),
    ],
    rows: rows.map(fileRow),
    foot: fileRow(total),
  };
}
