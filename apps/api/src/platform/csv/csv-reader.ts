import { CsvFileError } from './csv-errors.js';
import { type CsvRow, type CsvStats, parseRecords, type RowContext, toRows } from './csv-rows.js';
import { type CsvDelimiter, declaredDelimiter, detectDelimiter } from './delimiter.js';
import { type CsvEncoding, decodeText, detectEncoding } from './encoding.js';
import { type CsvHeader, headerPosition, looksLikeHeader, nameHeaders } from './headers.js';
import { type RawRecord, RecordSplitter, SPLITTER_LIMITS, type SplitterLimits } from './record-splitter.js';

export type { CsvRow, CsvStats } from './csv-rows.js';

export interface CsvOptions {
  /** As the mapping says; found from the file when missing. */
  encoding?: CsvEncoding | null;
  delimiter?: CsvDelimiter | null;
  /** A first row of nothing but numbers and dates is refused as a missing header, unless this is set. */
  trustHeader?: boolean;
  batchSize?: number;
  limits?: SplitterLimits;
}

export interface CsvFile {
  encoding: CsvEncoding;
  delimiter: CsvDelimiter;
  headers: CsvHeader[];
  headerLine: number;
  /** Grows while rows are read. */
  stats: CsvStats;
  /** Can be walked once; the next part of the file is read only when the next batch is asked for. */
  batches: AsyncGenerator<CsvRow[], void, undefined>;
}

const SAMPLE_BYTES = 64 * 1024;
const DEFAULT_BATCH_SIZE = 500;
/** So many lines of titles are looked for above the header. */
const MOST_TITLE_LINES = 4;

/**
 * Opens a file of delimited text: finds encoding and delimiter, reads the header, and hands out the rows in batches in
 * constant memory, whatever the file's size. Refuses with `CsvFileError` what cannot be read as a whole; a row that
 * cannot be read comes with its problem and does not stop the rest.
 */
export async function openCsv(source: AsyncIterable<Uint8Array>, options: CsvOptions = {}): Promise<CsvFile> {
  const iterator = source[Symbol.asyncIterator]();
  try {
    const sample = await readSample(iterator);
    if (sample.length === 0) throw new CsvFileError('EMPTY_FILE', 'The file is empty.');
    const encoding = options.encoding ?? detectEncoding(sample);
    const sampleText = new TextDecoder(encoding).decode(sample, { stream: true });
    const delimiter = options.delimiter ?? detectDelimiter(sampleText.trimStart());
    const declared = declaredDelimiter(sampleText) !== null;
    const splitter = new RecordSplitter(delimiter, options.limits ?? SPLITTER_LIMITS);
    const records = splitRecords(decodeText(resume(sample, iterator), encoding), splitter);
    return await readHeader(records, { encoding, delimiter, declared, options });
  } catch (error) {
    await iterator.return?.();
    throw error;
  }
}

interface Found {
  encoding: CsvEncoding;
  delimiter: CsvDelimiter;
  declared: boolean;
  options: CsvOptions;
}

async function readHeader(records: AsyncGenerator<RawRecord[], void, undefined>, found: Found): Promise<CsvFile> {
  const { encoding, delimiter, options } = found;
  const stats: CsvStats = { rows: 0, shortRows: 0, blankLines: 0 };
  const pending = await firstLines(records, found.declared, stats);
  const present = pending.filter(isWritten).slice(0, MOST_TITLE_LINES + 1);
  const header =
    present[
      headerPosition(
        present.map((record) => (record.problem === null ? (parseRecords([record], delimiter)[0] ?? []) : null)),
      )
    ];
  if (header === undefined) throw new CsvFileError('EMPTY_FILE', 'The file holds no text, not even a header.');
  const headers = headersOf(header, delimiter, options.trustHeader === true);
  const batches = readRows(pending.slice(pending.indexOf(header) + 1), records, {
    headers,
    delimiter,
    stats,
    size: options.batchSize ?? DEFAULT_BATCH_SIZE,
  });
  return { encoding, delimiter, headers, headerLine: header.line, stats, batches };
}

/** The file's first records, without blank ones at the start: enough to tell titles from the header. */
async function firstLines(
  records: AsyncGenerator<RawRecord[], void, undefined>,
  declared: boolean,
  stats: CsvStats,
): Promise<RawRecord[]> {
  let pending: RawRecord[] = [];
  let declarationSeen = !declared;
  let written = 0;
  while (written <= MOST_TITLE_LINES) {
    const next = await records.next();
    if (next.done === true) break;
    let fresh = next.value;
    if (!declarationSeen && fresh.length > 0) {
      declarationSeen = true;
      fresh = fresh.slice(1);
    }
    // Counted and dropped: pieces of empty lines are tens of thousands of records each.
    if (pending.length === 0) {
      const first = fresh.findIndex(isWritten);
      stats.blankLines += first === -1 ? fresh.length : first;
      fresh = first === -1 ? [] : fresh.slice(first);
    }
    if (written > 0 && !fresh.some(isWritten)) stats.blankLines += fresh.length;
    else pending = pending.concat(fresh);
    written += fresh.filter(isWritten).length;
  }
  return pending;
}

function isWritten(record: RawRecord): boolean {
  return record.problem !== null || record.text.trim() !== '';
}

function headersOf(record: RawRecord, delimiter: CsvDelimiter, trusted: boolean): CsvHeader[] {
  if (record.problem !== null) {
    throw new CsvFileError(
      'HEADER_UNREADABLE',
      record.problem === 'BAD_QUOTE'
        ? `The header on line ${record.line} has a quote that is not closed.`
        : `The header on line ${record.line} is too long.`,
      record.line,
    );
  }
  const cells = parseRecords([record], delimiter)[0] ?? [];
  if (cells.every((cell) => cell.trim() === '') || (!trusted && !looksLikeHeader(cells))) {
    throw new CsvFileError(
      'NO_HEADER',
      `Line ${record.line} names no columns. Put a first line with the names of the columns.`,
      record.line,
    );
  }
  return nameHeaders(cells);
}

async function* readRows(
  first: RawRecord[],
  records: AsyncGenerator<RawRecord[], void, undefined>,
  context: RowContext & { size: number },
): AsyncGenerator<CsvRow[], void, undefined> {
  let pending = first;
  try {
    for (;;) {
      let taken = 0;
      while (pending.length - taken >= context.size) {
        yield toRows(pending.slice(taken, taken + context.size), context);
        taken += context.size;
      }
      // Once for all batches: a piece of empty lines is tens of thousands of records.
      if (taken > 0) pending = pending.slice(taken);
      const next = await records.next();
      if (next.done === true) break;
      pending = pending.concat(next.value);
    }
    if (pending.length > 0) yield toRows(pending, context);
  } finally {
    await records.return();
  }
}

async function* splitRecords(
  texts: AsyncIterable<string>,
  splitter: RecordSplitter,
): AsyncGenerator<RawRecord[], void, undefined> {
  for await (const text of texts) {
    const records = splitter.push(text);
    if (records.length > 0) yield records;
  }
  const last = splitter.end();
  if (last.length > 0) yield last;
}

async function readSample(iterator: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length < SAMPLE_BYTES) {
    const next = await iterator.next();
    if (next.done === true) break;
    chunks.push(next.value);
    length += next.value.length;
  }
  return Buffer.concat(chunks);
}

async function* resume(
  sample: Uint8Array,
  iterator: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield sample;
    for (;;) {
      const next = await iterator.next();
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}
