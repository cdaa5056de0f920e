import { StreamableFile } from '@nestjs/common';
import { majorText } from '../../domain/values/money.js';
import { writeCsv } from '../../platform/csv/csv-writer.js';

/** What a page shows, as lines and columns of text. */
export interface CsvTable {
  headers: string[];
  rows: string[][];
}

/** A figure as a file has it: with a point, without grouping; what is not known stays empty. */
export const cell = (value: number | null): string =>
  value === null ? '' : String(Math.round(value * 10_000) / 10_000);

/** Minor units in the currency's major ones. */
export function money(minor: number | null, currency: string): string {
  return minor === null ? '' : majorText({ amountMinor: minor, currency });
}

/** The table as a download. */
export function csvFile({ headers, rows }: CsvTable, name: string): StreamableFile {
  return new StreamableFile(writeCsv(headers, rows), {
    type: 'text/csv; charset=utf-8',
    disposition: `attachment; filename="${name}.csv"`,
  });
}
