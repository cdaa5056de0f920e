import { buffer, text } from 'node:stream/consumers';
import { csvLine, harmlessCell, writeRejectedRows } from './csv-writer.js';

describe('a file of rejected rows', () => {
  it('keeps the original columns and says behind them what was wrong', async () => {
    const written = await buffer(
      writeRejectedRows(
        'import-1',
        ['account_id', 'renewal'],
        [
          {
            line: 7,
            cells: ['A-1', '31.02.2026'],
            column: 'renewal',
            value: '31.02.2026',
            code: 'BAD_DATE',
            reason: 'Not a day, "31.02.2026"',
          },
          { line: 9, cells: ['A-2'], column: null, value: null, code: 'RAGGED_ROW', reason: 'Too many cells' },
        ],
      ),
    );
    expect(written.toString('utf8')).toBe(
      '\ufeffaccount_id,renewal,rejected_line,rejected_column,rejected_value,rejected_code,rejected_reason,rejected_import\r\n' +
        'A-1,31.02.2026,7,renewal,31.02.2026,BAD_DATE,"Not a day, ""31.02.2026""",import-1\r\n' +
        'A-2,,9,,,RAGGED_ROW,Too many cells,import-1\r\n',
    );
  });

  it('holds a row once, with all that is wrong with it', async () => {
    const wrong = (column: string, code: string) => ({
      line: 7,
      cells: ['A'],
      column,
      value: 'x',
      code,
      reason: `${code}.`,
    });
    const rows = [wrong('seats', 'BAD_NUMBER'), wrong('renewal', 'BAD_DATE'), { ...wrong('seats', 'OTHER'), line: 8 }];
    const [, ...lines] = (await text(writeRejectedRows('import-1', ['a'], rows))).trimEnd().split('\r\n');
    expect(lines).toEqual([
      'A,7,seats; renewal,x; x,BAD_NUMBER; BAD_DATE,BAD_NUMBER. BAD_DATE.,import-1',
      'A,8,seats,x,OTHER,OTHER.,import-1',
    ]);
  });

  it('hands the error of its source to the reader', async () => {
    async function* failing() {
      yield { line: 2, cells: ['A-1'], column: null, value: null, code: 'RAGGED_ROW', reason: 'Too many cells' };
      throw new Error('connection lost');
    }
    await expect(text(writeRejectedRows('import-1', ['a'], failing()))).rejects.toThrow('connection lost');
  });
});

describe('cells that a spreadsheet would run', () => {
  it.each(['=1+1', '+SUM(A1)', '-2+3', '@cmd', '\t=1', '\r=1'])('makes %j harmless', (cell) => {
    expect(harmlessCell(cell)).toBe(`'${cell}`);
  });

  it.each(['-12.5', '+49', '-', 'a=b', ''])('leaves %j alone', (cell) => {
    expect(harmlessCell(cell)).toBe(cell);
  });

  it('does so in every cell written', () => {
    expect(csvLine(['=HYPERLINK("x")', 'plain'])).toBe('"\'=HYPERLINK(""x"")",plain\r\n');
  });
});
