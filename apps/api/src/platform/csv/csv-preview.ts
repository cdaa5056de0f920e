import { type CsvOptions, type CsvRow, openCsv } from './csv-reader.js';
import type { CsvDelimiter } from './delimiter.js';
import type { CsvEncoding } from './encoding.js';
import type { CsvHeader } from './headers.js';

export interface CsvPreview {
  encoding: CsvEncoding;
  delimiter: CsvDelimiter;
  headers: CsvHeader[];
  /** The first rows, for the eye. */
  rows: CsvRow[];
  /** For each header, in order, the first different values that are not blank. */
  samples: string[][];
  /** How many rows were looked at, and whether these were all. */
  rowsRead: number;
  complete: boolean;
}

export interface CsvPreviewOptions extends CsvOptions {
  maxRows?: number;
  maxSamples?: number;
  /** How far to read for samples. */
  maxRowsRead?: number;
}

/** A first look at a file: what it is made of and what stands in its columns. Reads no further than it needs. */
export async function previewCsv(
  source: AsyncIterable<Uint8Array>,
  options: CsvPreviewOptions = {},
): Promise<CsvPreview> {
  const { maxRows = 20, maxSamples = 5, maxRowsRead = 2000, ...csvOptions } = options;
  const file = await openCsv(source, csvOptions);
  const rows: CsvRow[] = [];
  const samples = file.headers.map(() => new Set<string>());
  let rowsRead = 0;
  let complete = true;
  for await (const batch of file.batches) {
    for (const row of batch) {
      rowsRead += 1;
      if (rows.length < maxRows) rows.push(row);
      if (row.problem === null) addSamples(samples, row.cells, maxSamples);
    }
    if (rowsRead >= maxRowsRead) {
      complete = false;
      break;
    }
  }
  const { encoding, delimiter, headers } = file;
  return { encoding, delimiter, headers, rows, samples: samples.map((values) => [...values]), rowsRead, complete };
}

function addSamples(samples: ReadonlyArray<Set<string>>, cells: readonly string[], maxSamples: number): void {
  for (const [index, values] of samples.entries()) {
    const value = cells[index]?.trim() ?? '';
    if (value !== '' && values.size < maxSamples) values.add(value);
  }
}
