import { pipeline, Readable } from 'node:stream';
import { REJECTION_COLUMNS } from '@steward/shared/imports';
import { stringify } from 'csv-stringify';
import { stringify as stringifySync } from 'csv-stringify/sync';

/** Characters at the start of a cell that a spreadsheet takes for a formula. */
const FORMULA_START = /^[=+\-@\t\r]/;
/** A plain number or a lone sign is no danger and stays as it is. */
const HARMLESS = /^[+-]?(\d+([.,]\d+)?)?$/;

/** A lone CR or LF would end a record for other readers, so cells with either are quoted too. */
const LINE_ENDS = { record_delimiter: '\r\n', quoted_match: /[\r\n]/ } as const;

/** A cell that a spreadsheet shows and never runs: text that would start a formula gets a leading apostrophe. */
export function harmlessCell(value: string): string {
  return FORMULA_START.test(value) && !HARMLESS.test(value) ? `'${value}` : value;
}

export interface RejectedRow {
  line: number;
  /** As read, one cell a header. */
  cells: readonly string[];
  column: string | null;
  value: string | null;
  code: string;
  reason: string;
}

/**
 * A file of rejected rows (UTF-8 with a mark, so that spreadsheets read it right): mend the cells and import it again.
 * A row stands in it once, with all that is wrong with it; what is wrong comes in the order of the rows. Each row names
 * the import that rejected it, so that it is read again as it was.
 */
export function writeRejectedRows(
  importId: string,
  headers: readonly string[],
  rejections: AsyncIterable<RejectedRow> | Iterable<RejectedRow>,
): Readable {
  return writeCsv([...headers, ...REJECTION_COLUMNS], rejectedRecords(importId, headers.length, rejections));
}

async function* rejectedRecords(
  importId: string,
  width: number,
  rejections: AsyncIterable<RejectedRow> | Iterable<RejectedRow>,
): AsyncGenerator<string[], void, undefined> {
  let row: RejectedRow[] = [];
  for await (const rejection of rejections) {
    if (row.length > 0 && row[0]!.line !== rejection.line) {
      yield rejectedRecord(importId, width, row);
      row = [];
    }
    row.push(rejection);
  }
  if (row.length > 0) yield rejectedRecord(importId, width, row);
}

function rejectedRecord(importId: string, width: number, row: readonly RejectedRow[]): string[] {
  const { cells, line } = row[0]!;
  const joined = (of: (rejection: RejectedRow) => string | null, between = '; ') =>
    row.map((one) => of(one) ?? '').join(between);
  return [
    ...Array.from({ length: width }, (_, index) => cells[index] ?? ''),
    String(line),
    joined(({ column }) => column),
    joined(({ value }) => value),
    joined(({ code }) => code),
    joined(({ reason }) => reason, ' '),
    importId,
  ];
}

/** Streams a header and rows as CSV; errors of the source reach whoever reads the stream. */
export function writeCsv(
  headers: readonly string[],
  rows: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
): Readable {
  const stringifier = stringify({ bom: true, ...LINE_ENDS });
  return pipeline(Readable.from(harmlessRows(headers, rows)), stringifier, () => {
    // The reader of the stringifier sees the error; nothing is left to do here.
  });
}

async function* harmlessRows(
  headers: readonly string[],
  rows: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
): AsyncGenerator<string[], void, undefined> {
  yield headers.map(harmlessCell);
  for await (const row of rows) yield row.map(harmlessCell);
}

/** One line of CSV with its line end, for callers that write a response piece by piece. */
export function csvLine(cells: readonly string[]): string {
  return stringifySync([cells.map(harmlessCell)], LINE_ENDS);
}
