import fc from 'fast-check';
import { CsvFileError } from './csv-errors.js';
import { previewCsv } from './csv-preview.js';
import { type CsvFile, type CsvOptions, type CsvRow, openCsv } from './csv-reader.js';
import { csvLine } from './csv-writer.js';

async function* inPieces(bytes: Uint8Array, size = bytes.length): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += Math.max(1, size)) {
    yield bytes.subarray(start, start + Math.max(1, size));
  }
}

async function read(
  content: string | Uint8Array,
  options: CsvOptions & { pieceSize?: number } = {},
): Promise<{ file: CsvFile; rows: CsvRow[]; cells: string[][] }> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const file = await openCsv(inPieces(bytes, options.pieceSize), options);
  const rows: CsvRow[] = [];
  for await (const batch of file.batches) rows.push(...batch);
  return { file, rows, cells: rows.map((row) => row.cells) };
}

const names = (file: CsvFile) => file.headers.map((header) => header.name);

async function refusal(content: string | Uint8Array): Promise<CsvFileError> {
  try {
    await read(content);
  } catch (error) {
    if (error instanceof CsvFileError) return error;
    throw error;
  }
  throw new Error('The file was read.');
}

function utf16(text: string, order: 'le' | 'be', mark: boolean): Buffer {
  const little = Buffer.from(`${mark ? '\ufeff' : ''}${text}`, 'utf16le');
  return order === 'le' ? little : little.swap16();
}

describe('encodings', () => {
  const text = 'account,name\nA-1,Bäckerei Ærø\nA-2,Łódź\n';
  const latinText = 'account,name\nA-1,Bäckerei Ærø\n';

  it.each([
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`), 'utf-8'],
    ['UTF-16 little endian', utf16(text, 'le', true), 'utf-16le'],
    ['UTF-16 big endian', utf16(text, 'be', true), 'utf-16be'],
    ['UTF-16 little endian without a mark', utf16(text, 'le', false), 'utf-16le'],
    ['UTF-16 big endian without a mark', utf16(text, 'be', false), 'utf-16be'],
  ])('reads %s, also when it arrives byte by byte', async (_, bytes, encoding) => {
    const { file, cells } = await read(bytes, { pieceSize: 1 });
    expect(file.encoding).toBe(encoding);
    expect(names(file)).toEqual(['account', 'name']);
    expect(cells).toEqual([
      ['A-1', 'Bäckerei Ærø'],
      ['A-2', 'Łódź'],
    ]);
  });

  it('reads Latin-1', async () => {
    const { file, cells } = await read(Buffer.from(latinText, 'latin1'));
    expect(file.encoding).toBe('windows-1252');
    expect(cells).toEqual([['A-1', 'Bäckerei Ærø']]);
  });

  it('reads Latin-1 whose first accented letter comes long after the sample', async () => {
    const plain = 'A-1,plain\n'.repeat(20_000);
    const { cells } = await read(Buffer.from(`account,name\n${plain}A-2,Ærø\n`, 'latin1'), { pieceSize: 10_000 });
    expect(cells.at(-1)).toEqual(['A-2', 'Ærø']);
  });

  it.each([
    ['a workbook', Buffer.from([0x50, 0x4b, 3, 4, 20, 0]), 'NOT_TEXT'],
    ['a compressed file', Buffer.from([0x1f, 0x8b, 8, 0]), 'NOT_TEXT'],
    ['zero bytes', Buffer.alloc(1000), 'NOT_TEXT'],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), 'UNSUPPORTED_ENCODING'],
  ])('refuses %s and says so', async (_, bytes, code) => {
    expect((await refusal(bytes)).code).toBe(code);
  });
});

describe('delimiters and line ends', () => {
  it.each([
    [',', ','],
    [';', ';'],
    ['\t', '\t'],
    ['|', '|'],
  ])('finds %j', async (delimiter, expected) => {
    const { file, cells } = await read(`a${delimiter}b${delimiter}c\n1${delimiter}2${delimiter}3\n`);
    expect(file.delimiter).toBe(expected);
    expect(cells).toEqual([['1', '2', '3']]);
  });

  it('does not take decimal commas or quoted commas for the delimiter', async () => {
    const { file, cells } = await read('account;arr;share\n"Smith, Jones, Brown";1,7;2,3\nB;2,5;3,4\n');
    expect(file.delimiter).toBe(';');
    expect(cells[0]).toEqual(['Smith, Jones, Brown', '1,7', '2,3']);
  });

  it('reads a file of one column', async () => {
    const { file, cells } = await read('account_id\nA-1\nA-2\n');
    expect(names(file)).toEqual(['account_id']);
    expect(cells).toEqual([['A-1'], ['A-2']]);
  });

  it("obeys a spreadsheet's sep= line", async () => {
    const { file, rows } = await read('sep=;\r\na;b\r\n1;2\r\n');
    expect(names(file)).toEqual(['a', 'b']);
    expect(rows).toEqual([{ line: 3, cells: ['1', '2'], problem: null }]);
  });

  it.each([
    ['LF', '\n'],
    ['CR', '\r'],
    ['CRLF', '\r\n'],
  ])('counts physical lines with %s, also inside quotes and over blank lines', async (_, end) => {
    const content = ['', 'a,b', '"two', 'lines",1', '', 'x,2'].join(end);
    for (const pieceSize of [1, 3, 1000]) {
      const { rows, file } = await read(content, { pieceSize });
      expect(file.headerLine).toBe(2);
      expect(rows.map((row) => [row.line, ...row.cells])).toEqual([
        [3, `two${end}lines`, '1'],
        [6, 'x', '2'],
      ]);
    }
  });

  it('reads line ends that are mixed', async () => {
    const { cells } = await read('a,b\r\n1,2\n3,4\r5,6');
    expect(cells).toEqual([
      ['1', '2'],
      ['3', '4'],
      ['5', '6'],
    ]);
  });
});

describe('headers', () => {
  it('gives empty and repeated names a stable one and tells which', async () => {
    const { file } = await read('name,,name, name_2 ,\n1,2,3,4,5\n');
    expect(file.headers.map(({ name, renamed }) => [name, renamed])).toEqual([
      ['name', null],
      ['column_2', 'empty'],
      ['name_3', 'duplicate'],
      ['name_2', null],
      ['column_5', 'empty'],
    ]);
  });

  it.each([
    ['', 'EMPTY_FILE'],
    ['\n\n  \n', 'EMPTY_FILE'],
    ['1,2,3\n4,5,6\n', 'NO_HEADER'],
    [',,,\n1,2,3\n', 'NO_HEADER'],
    ['2026-01-01,5\n2026-01-02,6\n', 'NO_HEADER'],
    ['"account,name\nA-1,B\n', 'HEADER_UNREADABLE'],
  ])('refuses %j with %s', async (content, code) => {
    expect((await refusal(content)).code).toBe(code);
  });

  it('refuses thousands of columns', async () => {
    expect((await refusal(`${'c,'.repeat(3000)}c\n`)).code).toBe('TOO_MANY_COLUMNS');
  });

  it('takes a header without rows', async () => {
    expect((await read('account,name\n')).rows).toEqual([]);
  });
});

describe('rows that do not fit', () => {
  it('fills up short rows and counts them', async () => {
    const { rows, file } = await read('a,b,c\n1\n1,2,3\n');
    expect(rows[0]).toEqual({ line: 2, cells: ['1', '', ''], problem: null });
    expect(file.stats).toEqual({ rows: 2, shortRows: 1, blankLines: 0 });
  });

  it('rejects a row with more cells than the header, but not for trailing delimiters', async () => {
    const { rows } = await read('a,b\n1,2,,\n1,2,3\n4,5\n');
    expect(rows.map((row) => row.problem?.code ?? null)).toEqual([null, 'RAGGED_ROW', null]);
    expect(rows[1]).toMatchObject({ line: 3, cells: ['1', '2'], problem: { value: '3' } });
  });

  it('rejects a NUL with its column and keeps it out of what is stored', async () => {
    const { rows } = await read('a,b\n1,x\u0000y\n3,4\n');
    expect(rows[0]).toMatchObject({ cells: ['1', 'x\ufffdy'], problem: { code: 'NUL_CHARACTER', column: 'b' } });
    expect(rows[1]?.problem).toBeNull();
  });

  it.each([
    ['a quote that is never closed', 'a,b\n1,"open\n2,ok\n3,ok\n'],
    ['text behind a closing quote', 'a,b\n1,"say "hi" now"\n2,ok\n3,ok\n'],
  ])('loses only the line with %s', async (_, content) => {
    for (const pieceSize of [1, 1000]) {
      const { rows } = await read(content, { pieceSize });
      expect(rows.map((row) => [row.line, row.problem?.code ?? row.cells])).toEqual([
        [2, 'BAD_QUOTE'],
        [3, ['2', 'ok']],
        [4, ['3', 'ok']],
      ]);
    }
  });

  it('takes a quote within an unquoted cell as it is', async () => {
    expect((await read('a,b\n5" disk,2\n')).cells).toEqual([['5" disk', '2']]);
  });

  it('refuses a file in which every line breaks its quotes, instead of reading it again and again', async () => {
    const openedAndLeft = `"x,1\n${'plain,1\n'.repeat(2000)}`;
    const limits = { maxRecordLength: 10_000, maxRereadLength: 20_000 };
    await expect(read(`a,b\n${openedAndLeft.repeat(5)}`, { limits })).rejects.toMatchObject({
      code: 'TOO_MANY_BAD_QUOTES',
      line: 4004,
    });
  });
});

describe('size', () => {
  it.each([
    ['unquoted', 'x'],
    ['quoted', '"x'],
  ])('rejects one %s line of 100 MB, keeps none of it and reads on', async (_, opening) => {
    const piece = Buffer.alloc(1024 * 1024, 'x');
    async function* file() {
      yield Buffer.from(`a,b\n1,2\n3,${opening}`);
      for (let count = 0; count < 100; count += 1) yield piece;
      yield Buffer.from('\n5,6\n');
    }
    const opened = await openCsv(file());
    const rows: CsvRow[] = [];
    for await (const batch of opened.batches) {
      rows.push(...batch);
    }
    expect(rows.map((row) => [row.line, row.problem?.code ?? row.cells])).toEqual([
      [2, ['1', '2']],
      [3, 'RECORD_TOO_LONG'],
      [4, ['5', '6']],
    ]);
    expect(rows[1]?.cells.join('').length).toBeLessThan(1000);
  });

  it('reads no further ahead than it is asked to, and lets go of the source when the reader stops', async () => {
    let produced = 0;
    let released = false;
    async function* file() {
      try {
        yield Buffer.from('account,value\n');
        for (;;) {
          produced += 1;
          yield Buffer.from('A-1,1\n'.repeat(2000));
        }
      } finally {
        released = true;
      }
    }
    const opened = await openCsv(file());
    const first = await opened.batches.next();
    expect(first.value).toHaveLength(500);
    expect(produced).toBeLessThan(10);
    await opened.batches.return();
    expect(released).toBe(true);
  });
});

describe('preview', () => {
  it('shows what the file is made of, the first rows and the values of each column', async () => {
    const content = `account;plan;note\n${'A;Gold;\nB;Silver;"a;b"\n'.repeat(40)}`;
    const preview = await previewCsv(inPieces(Buffer.from(content)), { maxRows: 2 });
    expect(preview).toMatchObject({ encoding: 'utf-8', delimiter: ';', rowsRead: 80, complete: true });
    expect(preview.rows.map((row) => row.cells)).toEqual([
      ['A', 'Gold', ''],
      ['B', 'Silver', 'a;b'],
    ]);
    expect(preview.samples).toEqual([['A', 'B'], ['Gold', 'Silver'], ['a;b']]);
  });
});

describe('laws', () => {
  const cell = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 12 }), fc.stringMatching(/^[a-z",;\n\r|\t ]{0,12}$/));
  const readable = (value: string) => !value.includes('\u0000') && !/^[=+\-@\t\r]/.test(value);

  it('reads back whatever cells were written, however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell.filter(readable), cell.filter(readable), cell.filter(readable)), { maxLength: 20 }),
        fc.integer({ min: 1, max: 40 }),
        async (cells, pieceSize) => {
          const content = ['first,second,third\r\n', ...cells.map((row) => csvLine(['k', ...row].slice(1)))].join('');
          const kept = cells.filter((row) => row.some((cell) => cell.trim() !== ''));
          const { cells: seen } = await read(content, { pieceSize, delimiter: ',' });
          expect(seen).toEqual(kept);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('never throws anything but a refusal with a code, whatever the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 50 }), async (bytes, pieceSize) => {
        try {
          const { file, rows } = await read(bytes, { pieceSize });
          for (const row of rows) expect(row.cells).toHaveLength(file.headers.length);
        } catch (error) {
          expect(error).toBeInstanceOf(CsvFileError);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('what people put around their rows', () => {
  it('lines of delimiters alone are blank', async () => {
    const { rows, file } = await read('account;name\nA-1;Acme\n;;;\n  ; \nA-2;Beta\n');
    expect(rows.map(({ line }) => line)).toEqual([2, 5]);
    expect(file.stats).toMatchObject({ rows: 2, blankLines: 2, shortRows: 0 });
  });

  it('titles and groups above the header are passed over, wherever the pieces end', async () => {
    const content = 'Export of 2026-04-15,,,\n\nAccount,,Contract,\nid,name,arr,seats\nA-1,Acme,100,\n';
    for (const pieceSize of [1, 7, 1_000]) {
      const { file, rows } = await read(content, { pieceSize });
      expect(names(file)).toEqual(['id', 'name', 'arr', 'seats']);
      expect(file.headerLine).toBe(4);
      expect(rows).toMatchObject([{ line: 5, cells: ['A-1', 'Acme', '100', ''] }]);
    }
  });

  it.each(['id,name,,\nA-1,Acme,100,2026-01-01\n', ',name,industry\nx,Acme,Retail\n', 'id\nA-1\n'])(
    'a header without all names stays the header: %j',
    async (content) => {
      expect((await read(content)).file.headerLine).toBe(1);
    },
  );
});
