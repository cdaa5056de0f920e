import { importMappingSchema } from '@steward/shared/imports';
import { FormatFinder } from './settle-formats.js';

const mapping = importMappingSchema.parse({
  kind: 'subscription',
  columns: [
    { column: 'id', field: 'id' },
    { column: 'account', field: 'account' },
    { column: 'from', field: 'start' },
    { column: 'to', field: 'end' },
    { column: 'mrr', field: 'mrr' },
  ],
});

function settle(rows: string[][], given = mapping) {
  const finder = new FormatFinder(given, ['id', 'account', 'from', 'to', 'mrr']);
  for (const row of rows) finder.add(row);
  const { mapping: settled, questions } = finder.result();
  const byColumn = Object.fromEntries(settled.columns.map((entry) => [entry.column, entry]));
  return { from: byColumn.from?.dateFormat, to: byColumn.to?.dateFormat, mrr: byColumn.mrr?.decimal, questions };
}

describe('formats that a mapping leaves open', () => {
  it('are found from the whole column', () => {
    const rows = [
      ['1', 'A', '01-02-2026', '', '1.000'],
      ['2', 'A', '23-12-2023', '12-04-2024', '1.000,50'],
    ];
    expect(settle(rows)).toEqual({ from: 'dmy', to: 'dmy', mrr: ',', questions: [] });
  });

  it('are asked for where no column of the file tells', () => {
    expect(settle([['1', 'A', '01/02/2026', '', '5']])).toEqual({
      from: undefined,
      to: undefined,
      mrr: undefined,
      questions: [{ column: 'from', examples: ['01/02/2026'], choices: ['dmy', 'mdy'] }],
    });
  });

  it('are asked for where a column contradicts itself, whatever the others say', () => {
    const rows = [
      ['1', 'A', '23/12/2023', '23/12/2023', '5'],
      ['2', 'A', '23/12/2023', '12/23/2023', '5'],
      ['3', 'A', '23/12/2023', '01/02/2023', '5'],
    ];
    expect(settle(rows).questions.map((question) => question.column)).toEqual(['to']);
  });

  it('are left alone where the mapping says', () => {
    const columns = mapping.columns.map((entry) =>
      entry.column === 'from' ? { ...entry, dateFormat: 'mdy' as const } : entry,
    );
    expect(settle([['1', 'A', '01/02/2026', '', '5']], { ...mapping, columns })).toMatchObject({
      from: 'mdy',
      questions: [],
    });
  });

  describe('of numbers that both signs explain', () => {
    const given = importMappingSchema.parse({
      kind: 'account',
      columns: [
        { column: 'account', field: 'account' },
        { column: 'arr', field: 'arr' },
        { column: 'seats', field: 'seats' },
      ],
    });
    const signs = (...rows: string[][]) => {
      const finder = new FormatFinder(given, ['account', 'arr', 'seats']);
      for (const row of rows) finder.add(row);
      return finder.result().mapping.columns.map(({ decimal }) => decimal);
    };

    it('follow the other columns of the file', () => {
      expect(signs(['A', '12.500,00 €', '25'], ['B', '8.400,50 €', '1.200'])).toEqual([undefined, ',', ',']);
    });

    it('stand for themselves where the others disagree or do not tell', () => {
      expect(signs(['A', '12.500,00', '25'], ['B', '8,400.50', '1.200'])).toEqual([undefined, undefined, undefined]);
      expect(signs(['A', '12.500', '25'], ['B', '8', '1.200'])).toEqual([undefined, undefined, undefined]);
    });
  });
});
