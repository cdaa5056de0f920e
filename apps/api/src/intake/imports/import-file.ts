import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { ImportProblem } from '@steward/shared/import-api';
import type { ImportMapping } from '@steward/shared/imports';
import { type MappingContext, type PreparedMapping, prepareMapping } from '../../domain/values/map-row.js';
import { FormatFinder } from '../../domain/values/settle-formats.js';
import { CsvFileError } from '../../platform/csv/csv-errors.js';
import { type CsvFile, openCsv } from '../../platform/csv/csv-reader.js';
import { ifThere } from '../../platform/if-there.js';

/** A file, or its mapping, that is refused as a whole. */
export class ImportRefused extends Error {
  constructor(readonly problem: ImportProblem) {
    super([problem.message, ...problem.problems.map(({ message }) => message)].join(' '));
    this.name = 'ImportRefused';
  }
}

export interface OpenedFile {
  csv: CsvFile;
  headers: string[];
  /** Bytes read so far. */
  bytesRead: () => number;
}

const ROWS_AT_A_TIME = 1_000;

/** Opens a file for reading rows, in constant memory. */
export async function openFile(
  path: string,
  mapping: Pick<ImportMapping, 'encoding' | 'delimiter'> | null,
): Promise<OpenedFile> {
  if ((await ifThere(stat(path))) === null) {
    throw refused('FILE_GONE', 'The file is no longer there. Upload it again.');
  }
  let read = 0;
  async function* counted() {
    for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
      read += (chunk as Buffer).length;
      yield chunk as Buffer;
    }
  }
  try {
    const csv = await openCsv(counted(), {
      encoding: mapping?.encoding,
      delimiter: mapping?.delimiter,
      batchSize: ROWS_AT_A_TIME,
    });
    return { csv, headers: csv.headers.map(({ name }) => name), bytesRead: () => read };
  } catch (error) {
    throw asRefused(error);
  }
}

/**
 * Whether nothing stands below the header. Of a file that cannot be read that is not said: its run tells why, and the
 * import keeps it.
 */
export async function holdsNothing(path: string, mapping: ImportMapping): Promise<boolean> {
  try {
    const { csv } = await openFile(path, mapping);
    for await (const rows of csv.batches) if (rows.length > 0) return false;
    return true;
  } catch (error) {
    if (error instanceof ImportRefused || error instanceof CsvFileError) return false;
    throw error;
  }
}

/** A reader's refusal as the import's. */
export function asRefused(error: unknown): unknown {
  return error instanceof CsvFileError ? refused(error.code, error.message) : error;
}

export function refused(code: string, message: string, more: Partial<ImportProblem> = {}): ImportRefused {
  return new ImportRefused({ code, message, problems: [], questions: [], ...more });
}

/**
 * Settles what the mapping leaves open by walking the whole file once: date formats and decimal signs. Refuses a date
 * column that can be read both ways until someone says which.
 */
export async function settleFormats(path: string, mapping: ImportMapping): Promise<ImportMapping> {
  const { csv, headers } = await openFile(path, mapping);
  const finder = new FormatFinder(mapping, headers);
  if (finder.needed) {
    try {
      for await (const rows of csv.batches)
        for (const { cells, problem } of rows) if (problem === null) finder.add(cells);
    } catch (error) {
      throw asRefused(error);
    }
  } else await csv.batches.return();
  const { mapping: settled, questions } = finder.result();
  if (questions.length === 0) return settled;
  const columns = questions
    .map(({ column, examples }) => `"${column}" (${examples.slice(0, 2).join(', ')})`)
    .join(', ');
  throw refused('AMBIGUOUS_DATES', `Say whether the day or the month comes first in ${columns}.`, { questions });
}

export function prepare(mapping: ImportMapping, headers: readonly string[], context: MappingContext): PreparedMapping {
  const result = prepareMapping(mapping, headers, context);
  if (result.ok) return result.prepared;
  throw refused('MAPPING_DOES_NOT_FIT', 'The mapping does not fit the file.', { problems: result.problems });
}
