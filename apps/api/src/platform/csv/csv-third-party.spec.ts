import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CsvFileError } from './csv-errors.js';
import { openCsv } from './csv-reader.js';

/**
 * Reads public collections of odd CSV files, where STEWARD_DATA_DIR names a folder with `csv-nasty/csv-spectrum`
 * and `csv-nasty/csvkit`. They are no part of this project; without them these tests are skipped.
 */
const folder = join(process.env.STEWARD_DATA_DIR ?? '', 'csv-nasty');
const present = process.env.STEWARD_DATA_DIR !== undefined && existsSync(folder);
if (!present)
  process.stderr.write('Third-party CSV files: skipped, STEWARD_DATA_DIR names no folder with csv-nasty.\n');

const filesIn = (name: string) =>
  present ? readdirSync(join(folder, name)).filter((file) => file.endsWith('.csv')) : ['(absent)'];

async function read(path: string, trustHeader = false) {
  const file = await openCsv(createReadStream(path), { trustHeader });
  const rows = [];
  for await (const batch of file.batches) rows.push(...batch);
  return { names: file.headers.map((header) => header.name), rows };
}

(present ? describe : describe.skip)('csv-spectrum', () => {
  it.each(filesIn('csv-spectrum'))('parses %s as expected', async (file) => {
    const path = join(folder, 'csv-spectrum', file);
    const { names, rows } = await read(path);
    const records = rows.map(({ cells, problem }) => {
      expect(problem).toBeNull();
      return Object.fromEntries(names.map((name, index) => [name, cells[index]]));
    });
    const expected: unknown = [JSON.parse(readFileSync(path.replace('.csv', '.expected.json'), 'utf8'))].flat();
    const lineEnds = (value: unknown) => JSON.parse(JSON.stringify(value).replaceAll('\\r\\n', '\\n'));
    if (file === 'location_coordinates.csv') {
      // The collection's own expectation carries another telephone number than its file.
      for (const record of [...records, ...(expected as Record<string, string>[])])
        delete record['Contact Phone Number'];
    }
    expect(lineEnds(records)).toEqual(lineEnds(expected));
  });
});

(present ? describe : describe.skip)('csvkit', () => {
  const REFUSED: Record<string, string> = { 'empty.csv': 'EMPTY_FILE', 'no_header_row.csv': 'NO_HEADER' };
  const REJECTED: Record<string, Array<[line: number, code: string]>> = {
    'bad.csv': [[2, 'RAGGED_ROW']],
    'bad_skip_lines.csv': [[5, 'RAGGED_ROW']],
    'null_byte.csv': [[2, 'NUL_CHARACTER']],
  };
  const FIRST_ROW: Record<string, string[]> = {
    'mac_newlines.csv': ['1', '2', '3'],
    'test_utf16_big.csv': ['1', '2', '3'],
    'test_utf16_little.csv': ['1', '2', '3'],
    'test_utf8_bom.csv': ['1', '2', '3'],
    'test_locale.csv': ['1,7', '200.000.000', ''],
    'test_skip_lines.csv': ['1', '2', '3'],
    'test_extra_header.csv': ['1', '2', '3', ''],
    'test_header_newline.csv': ['d', 'e', 'f'],
    'blanks.csv': ['', 'NA', 'N/A', 'NONE', 'NULL', '.'],
  };

  it.each(filesIn('csvkit'))('reads %s right or refuses it', async (file) => {
    const path = join(folder, 'csvkit', file);
    if (REFUSED[file] !== undefined) {
      await expect(read(path)).rejects.toMatchObject({ code: REFUSED[file], constructor: CsvFileError });
      return;
    }
    const { names, rows } = await read(path);
    const rejected = rows.flatMap(({ line, problem }) => (problem === null ? [] : [[line, problem.code]]));
    expect(rejected).toEqual(REJECTED[file] ?? []);
    expect(new Set(names).size).toBe(names.length);
    expect(rows.every((row) => row.cells.length === names.length)).toBe(true);
    if (FIRST_ROW[file] !== undefined) expect(rows[0]?.cells).toEqual(FIRST_ROW[file]);
    if (file === 'test_latin1.csv') expect(rows[1]?.cells).toEqual(['4', '5', '©']);
    if (file === 'realdata_ks_1033_data.csv') expect(rows).toHaveLength(1575);
  });
});
