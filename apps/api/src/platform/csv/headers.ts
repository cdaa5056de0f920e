import { CsvFileError } from './csv-errors.js';

/** A column under the name by which mappings know it, unique in its file. */
export interface CsvHeader {
  name: string;
  /** As it stands in the file. */
  original: string;
  /** Why `name` differs from what is written; null when it does not (but for white space). */
  renamed: 'empty' | 'duplicate' | null;
}

const MAX_COLUMNS = 2000;
const MAX_HEADER_LENGTH = 300;

const NUMBER_OR_DATE = /^[\s"$€£(+-]*\d[\d\s.,:/TZ%)+-]*$/;

/**
 * Names every column: white space is tidied, an empty name becomes `column_<position>`, the second `name` becomes
 * `name_2`. The same header row gives the same names, so that a saved mapping fits the next file.
 */
export function nameHeaders(cells: readonly string[]): CsvHeader[] {
  if (cells.length > MAX_COLUMNS) {
    throw new CsvFileError(
      'TOO_MANY_COLUMNS',
      `The file has ${cells.length} columns; at most ${MAX_COLUMNS} can be read.`,
      1,
    );
  }
  const written = cells.map(tidyHeader);
  const reserved = new Set(written.filter((name) => name !== ''));
  const used = new Set<string>();
  return written.map((wanted, index) => {
    const original = cells[index] ?? '';
    const base = wanted === '' ? `column_${index + 1}` : wanted;
    const taken = (name: string): boolean => used.has(name) || (name !== wanted && reserved.has(name));
    let name = base;
    for (let count = 2; taken(name); count += 1) name = `${base}_${count}`;
    used.add(name);
    return { name, original, renamed: name === wanted ? null : wanted === '' ? 'empty' : 'duplicate' };
  });
}

/** Whether a first row names columns: some cell holds text that is neither a number nor a date. */
export function looksLikeHeader(cells: readonly string[]): boolean {
  return cells.some((cell) => cell.trim() !== '' && !NUMBER_OR_DATE.test(cell.trim()));
}

function tidyHeader(cell: string): string {
  return cell.replaceAll('\u0000', '').replace(/\s+/g, ' ').trim().normalize('NFC').slice(0, MAX_HEADER_LENGTH);
}

/**
 * Where the header stands among a file's first rows (null: one that cannot be read). Usually it is the first; rows of
 * titles or of column groups above it fill at most half as many cells, and the header below them holds nothing but
 * names, all different.
 */
export function headerPosition(rows: readonly (readonly string[] | null)[]): number {
  const filled = (cells: readonly string[]) => cells.filter((cell) => cell.trim() !== '').length;
  let widest = 0;
  for (const [position, cells] of rows.entries()) {
    if (cells === null) return 0;
    if (position > 0 && widest <= cells.length / 2 && holdsNamesAlone(cells)) return position;
    widest = Math.max(widest, filled(cells));
  }
  return 0;
}

function holdsNamesAlone(cells: readonly string[]): boolean {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  const written = names.every((name) => name !== '' && !NUMBER_OR_DATE.test(name));
  return names.length > 1 && written && new Set(names).size === names.length;
}
