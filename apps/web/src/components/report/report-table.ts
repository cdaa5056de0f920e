import { NONE } from '../../lib/format.js';
import type { ChartData } from './chart-data.js';
import type { Door } from './door.js';

/** What a chart shows, as rows and columns: its table on the screen and its file are made from the same. */
export interface ReportTable {
  columns: readonly ReportTableColumn[];
  rows: readonly ReportTableRow[];
  /** Sums below the rows. */
  foot?: ReportTableRow;
}

export interface ReportTableColumn {
  label: string;
  /** Figures stand at the right. */
  numeric: boolean;
  /** Of the file's column where the screen says it otherwise: "MRR (EUR)". */
  fileLabel?: string;
}

export interface ReportTableRow {
  key: string;
  cells: readonly ReportTableCell[];
}

export interface ReportTableCell {
  text: string;
  /** What the file holds: a plain number, or text; null is an empty cell. */
  plain: string | number | null;
  door?: Door | null;
  /** On hover: what the value is made of, or why there is none. */
  title?: string;
}

export const textCell = (text: string, door?: Door | null): ReportTableCell => ({ text, plain: text, door });

/** Columns of the chart are rows of the table, newest last as on the chart; series are its columns. */
export function tableOf({ of, columns, series, format }: ChartData): ReportTable {
  const named = (label: string): ReportTableColumn => ({
    label,
    numeric: true,
    fileLabel: format.unit === undefined ? label : `${label} (${format.unit})`,
  });
  return {
    columns: [
      { label: of, numeric: false },
      ...series.flatMap(({ label, before }) => (before ? [named(label), named(`${label}, before`)] : [named(label)])),
    ],
    rows: columns.map(({ key, title }, at) => ({
      key,
      cells: [
        textCell(title),
        ...series.flatMap(({ cells, before }) =>
          (before ? [cells[at], before[at]] : [cells[at]]).map((cell) => ({
            text: cell?.value == null ? NONE : format.text(cell.value),
            plain: cell?.value == null ? null : format.plain(cell.value),
            door: cell?.door,
            title: cell?.value == null ? cell?.why : cell.note,
          })),
        ),
      ],
    })),
  };
}

/** The table as a file that spreadsheets open: CRLF, commas, quotes where needed. */
export function csvOf({ columns, rows, foot }: ReportTable): string {
  const head = columns.map(({ label, fileLabel }) => csvCell(fileLabel ?? label)).join(',');
  const lines = [...rows, ...(foot ? [foot] : [])].map(({ cells }) =>
    cells.map(({ plain }) => csvCell(plain)).join(','),
  );
  return `${[head, ...lines].join('\r\n')}\r\n`;
}

/** A text that a spreadsheet would take for a formula gets an apostrophe, as all exports have it. Numbers stay numbers. */
function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** "Net retention" as of 2026-11-22 → net-retention-2026-11-22.csv */
export function fileNameOf(title: string, day: string): string {
  const words = title
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return `${words || 'report'}-${day}.csv`;
}

/** The byte order mark tells spreadsheets that it is UTF-8. */
export function saveCsv(table: ReportTable, name: string): void {
  const url = URL.createObjectURL(new Blob([`\uFEFF${csvOf(table)}`], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
