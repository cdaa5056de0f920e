import { parse } from 'csv-parse/sync';
import type { CsvRowProblem } from './csv-errors.js';
import type { CsvDelimiter } from './delimiter.js';
import type { CsvHeader } from './headers.js';
import type { RawRecord } from './record-splitter.js';

export interface CsvRow {
  /** Physical line on which the row starts; the header's is usually 1. */
  line: number;
  /** One cell a header; the missing cells of a short row are empty. Never holds a NUL. */
  cells: string[];
  /** Null: the row can be used. Otherwise `cells` show what could be read of it. */
  problem: CsvRowProblem | null;
}

export interface CsvStats {
  rows: number;
  /** Rows with fewer cells than the header; taken, with the missing ones empty. */
  shortRows: number;
  blankLines: number;
}

export interface RowContext {
  headers: CsvHeader[];
  delimiter: CsvDelimiter;
  stats: CsvStats;
}

/** Records as rows that fit the header; what does not fit comes with its problem. */
export function toRows(records: RawRecord[], context: RowContext): CsvRow[] {
  const present = records.filter((record) => record.problem !== null || record.text.trim() !== '');
  const readable = parseRecords(
    present.filter((record) => record.problem === null),
    context.delimiter,
  );
  let index = 0;
  const rows: CsvRow[] = [];
  for (const record of present) {
    if (record.problem !== null) {
      rows.push(brokenRow(record, record.problem, context.headers));
      continue;
    }
    const cells = readable[index] ?? [];
    index += 1;
    // Spreadsheets write an empty line as delimiters alone.
    if (cells.some((cell) => cell.trim() !== '')) rows.push(fitRow(record.line, cells, context));
  }
  context.stats.blankLines += records.length - rows.length;
  context.stats.rows += rows.length;
  return rows;
}

function brokenRow(record: RawRecord, code: 'RECORD_TOO_LONG' | 'BAD_QUOTE', headers: readonly CsvHeader[]): CsvRow {
  const excerpt = record.text.replaceAll('\u0000', '\ufffd');
  const message =
    code === 'BAD_QUOTE'
      ? 'A quote is opened and not properly closed. Double the quotes inside a quoted cell.'
      : 'The row is longer than a row may be.';
  const cells = headers.map((_, position) => (position === 0 ? excerpt : ''));
  return { line: record.line, cells, problem: { code, column: null, value: excerpt, message } };
}

function fitRow(line: number, cells: string[], context: RowContext): CsvRow {
  const width = context.headers.length;
  if (cells.length < width) {
    context.stats.shortRows += 1;
    while (cells.length < width) cells.push('');
  }
  let problem: CsvRowProblem | null = null;
  if (cells.length > width) {
    // Spreadsheets leave trailing delimiters behind; cells beyond the header matter only when they hold something.
    const extra = cells.splice(width).filter((cell) => cell.trim() !== '');
    if (extra.length > 0) {
      problem = {
        code: 'RAGGED_ROW',
        column: null,
        value: extra.join(context.delimiter).replaceAll('\u0000', '\ufffd'),
        message: `The row has more cells than the header's ${width}.`,
      };
    }
  }
  const nul = cells.findIndex((cell) => cell.includes('\u0000'));
  if (nul !== -1) {
    const value = (cells[nul] ?? '').replaceAll('\u0000', '\ufffd');
    const column = context.headers[nul]?.name ?? null;
    problem ??= { code: 'NUL_CHARACTER', column, value, message: 'The cell holds a NUL character.' };
    return { line, cells: cells.map((cell) => cell.replaceAll('\u0000', '\ufffd')), problem };
  }
  return { line, cells, problem };
}

/** Cells of whole, well-quoted records. The splitter has already cut them, so one text gives exactly one record. */
export function parseRecords(records: readonly RawRecord[], delimiter: CsvDelimiter): string[][] {
  if (records.length === 0) return [];
  return parse(records.map((record) => record.text).join('\n'), {
    delimiter,
    record_delimiter: '\n',
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
  }) as string[][];
}
