import { createHash } from 'node:crypto';
import { type FactKind, factKindInfo } from '@steward/shared/fact-kinds';
import type { ImportPreview } from '@steward/shared/import-api';
import { originalColumns, REJECTING_IMPORT_COLUMN } from '@steward/shared/imports';
import { ColumnProfiler } from '../../domain/values/column-profile.js';
import { suggestColumns, suggestKind } from '../../domain/values/header-match.js';
import { asRefused, openFile } from './import-file.js';

const ROWS_SHOWN = 20;
const ROWS_LOOKED_AT = 5_000;

export type FirstLook = Omit<ImportPreview, 'savedMappings' | 'unclearOrigin'> & {
  fingerprint: string;
  /** The imports that a file of rejected rows names. */
  rejectedBy: string[];
};

/** A first look at a file: how it is written, what its columns hold, and what they could be. */
export async function lookAt(path: string, kind: FactKind | null): Promise<FirstLook> {
  const { csv, headers } = await openFile(path, null);
  const profiler = new ColumnProfiler(headers);
  const rows: ImportPreview['rows'] = [];
  const markAt = originalColumns(headers) === null ? -1 : headers.indexOf(REJECTING_IMPORT_COLUMN);
  const rejectedBy = new Set<string>();
  let rowsRead = 0;
  let complete = true;
  try {
    for await (const batch of csv.batches) {
      for (const { cells } of batch) {
        const mark = cells[markAt]?.trim();
        if (mark) rejectedBy.add(mark);
      }
      if (!complete) continue;
      for (const { line, cells, problem } of batch) {
        rowsRead += 1;
        if (rows.length < ROWS_SHOWN) {
          rows.push({ line, cells: cells.map((cell) => cell.slice(0, 500)), problem: problem?.message ?? null });
        }
        if (problem === null) profiler.add(cells);
      }
      complete = rowsRead < ROWS_LOOKED_AT;
      // The marks are read to the end: rows of another import may stand anywhere.
      if (!complete && markAt < 0) break;
    }
  } catch (error) {
    throw asRefused(error);
  }
  const columns = profiler.result();
  const seen = profiler
    .seen()
    .map((column, index) => ({ ...column, unnamed: csv.headers[index]?.renamed === 'empty' }));
  const kinds = suggestKind(seen);
  const chosen = kind ?? kinds[0]!.kind;
  const suggestions = suggestColumns(chosen, seen);
  const { dayField } = factKindInfo(chosen);
  return {
    encoding: csv.encoding,
    delimiter: csv.delimiter,
    headers: csv.headers.map(({ name, renamed }) => ({ name, renamed })),
    rows,
    rowsRead,
    complete,
    kind: chosen,
    kinds,
    columns,
    suggestions,
    needsDay: dayField !== null && !suggestions.some(({ mapping }) => mapping.field === dayField),
    fingerprint: fingerprintOf(headers),
    rejectedBy: [...rejectedBy],
  };
}

/** The same for files with the same columns, in whatever order and case. */
export function fingerprintOf(headers: readonly string[]): string {
  const names = headers.map((name) => name.trim().toLowerCase()).sort();
  return createHash('sha256').update(JSON.stringify(names)).digest('hex');
}
