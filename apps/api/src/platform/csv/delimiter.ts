import { IMPORT_DELIMITERS } from '@steward/shared/imports';
import { RecordSplitter } from './record-splitter.js';

export type CsvDelimiter = (typeof IMPORT_DELIMITERS)[number];

const RECORDS_LOOKED_AT = 50;

/**
 * The delimiter that cuts the sample's records most often into as many fields as its header has; among equals the one
 * with more columns, then the order of `IMPORT_DELIMITERS`. Delimiters inside quotes do not count. A file of one column
 * reads as comma separated. A first line `sep=;`, as spreadsheets write it, settles the matter.
 */
export function detectDelimiter(sample: string): CsvDelimiter {
  const declared = declaredDelimiter(sample);
  if (declared !== null) return declared;
  let best: { delimiter: CsvDelimiter; share: number; columns: number } = { delimiter: ',', share: 0, columns: 1 };
  for (const delimiter of IMPORT_DELIMITERS) {
    const counts = fieldCounts(sample, delimiter);
    const columns = counts[0] ?? 1;
    if (columns < 2) continue;
    const share = counts.filter((count) => count === columns).length / counts.length;
    if (share > best.share || (share === best.share && columns > best.columns)) best = { delimiter, share, columns };
  }
  return best.delimiter;
}

/** The delimiter of a leading `sep=` line, null when there is none. */
export function declaredDelimiter(text: string): CsvDelimiter | null {
  const match = /^sep=([,;|\t])(?:\r|\n|$)/i.exec(text);
  return match === null ? null : (match[1] as CsvDelimiter);
}

function fieldCounts(sample: string, delimiter: CsvDelimiter): number[] {
  const records = new RecordSplitter(delimiter).push(sample);
  // A sample without any line end is one record, and one that is cut off has a last record not worth counting.
  const texts = (records.length > 0 ? records.map((record) => record.text) : [sample]).filter((text) => text !== '');
  return texts.slice(0, RECORDS_LOOKED_AT).map((text) => countFields(text, delimiter));
}

function countFields(record: string, delimiter: CsvDelimiter): number {
  let count = 1;
  let inQuotes = false;
  for (const character of record) {
    if (character === '"') inQuotes = !inQuotes;
    else if (character === delimiter && !inQuotes) count += 1;
  }
  return count;
}
