import { DateOrderFinder, DecimalSignFinder, DistinctValues } from './column-styles.js';
import { ColumnTypeFinder } from './column-types.js';

const dateOrder = (...values: string[]) => {
  const finder = new DateOrderFinder();
  for (const value of values) finder.add(value);
  return finder.result();
};
const decimal = (...values: string[]) => {
  const finder = new DecimalSignFinder();
  for (const value of values) finder.add(value);
  return finder.result();
};
const type = (...values: string[]) => {
  const finder = new ColumnTypeFinder();
  for (const value of values) finder.add(value);
  return finder.result();
};

describe('the order of day and month', () => {
  it('is told by one date of the column that can be read one way only', () => {
    expect(dateOrder('01-02-2026', '03-04-2026', '27-07-2023')).toMatchObject({ order: 'dmy', ambiguous: false });
    expect(dateOrder('01/02/2026', '07/27/2023 10:00')).toMatchObject({ order: 'mdy', ambiguous: false });
  });

  it('is asked for when nothing tells, or the column contradicts itself', () => {
    expect(dateOrder('01/02/2026', '03/04/2026')).toEqual({
      order: null,
      ambiguous: true,
      contradicts: false,
      examples: ['01/02/2026', '03/04/2026'],
    });
    expect(dateOrder('27/07/2023', '07/27/2023', '01/02/2026')).toMatchObject({ ambiguous: true });
  });

  it('needs no telling for ISO dates, names of months and equal parts', () => {
    expect(dateOrder('2026-01-02', '5 March 2026', '05/05/2026', '', '#N/A')).toMatchObject({
      order: null,
      ambiguous: false,
    });
  });
});

describe('the decimal sign', () => {
  it.each([
    [['8,212', '1.5'], '.'],
    [['8.212', '1,5'], ','],
    [['1,234.5'], '.'],
    [['1.234,5'], ','],
    [['200.000.000', '1.000'], ','],
    [['"$8,212"', '$2,026'], null],
    [['12', '13'], null],
    [['0.125', '1.250'], '.'],
  ] as const)('of %j is %s', (values, expected) => {
    expect(decimal(...values)).toMatchObject({ decimal: expected, mixed: false });
  });

  it('is left to each number where the column mixes both', () => {
    expect(decimal('1,5', '1.5')).toMatchObject({ decimal: null, mixed: true });
  });
});

describe('the type of a column', () => {
  it.each([
    [['1', '2', '0'], 'integer'],
    [['0', '1', '1'], 'integer'],
    [['TRUE', 'FALSE'], 'boolean'],
    [['1.5', '2'], 'number'],
    [['$8,212', '$0'], 'money'],
    [['12 %', '3%'], 'percent'],
    [['27-07-2023', '05-06-2023'], 'date'],
    [['2026-03', '2026-04'], 'date'],
    [['a@b.test', 'c@d.test'], 'email'],
    [['P1', 'P2'], 'text'],
    [['', '#N/A'], 'empty'],
  ] as const)('of %j is %s', (values, expected) => {
    expect(type(...values)).toBe(expected);
  });
});

describe('the different values of a column', () => {
  it('are counted while they are few', () => {
    const values = new DistinctValues(2);
    for (const value of ['a', 'b', 'b', '', '#N/A']) values.add(value);
    expect(values.result()).toEqual([
      { value: 'b', count: 2 },
      { value: 'a', count: 1 },
    ]);
    values.add('c');
    expect(values.result()).toBeNull();
  });
});
