import { arrayOfCases } from './cases-sql.js';

const customers = `s.status = 'customer'`;

describe('an array of cases', () => {
  it('asks a condition once that three of them begin with, and leaves the others beside them', () => {
    const cases = [
      { conditions: [customers, 's.score < 40'], value: '0' },
      { conditions: [customers], value: '1' },
      { conditions: ['s.seats > 5'], value: '2' },
      { conditions: [customers, 's.seats > 5'], value: '3' },
    ];
    expect(arrayOfCases(cases, 'int')).toBe(
      `CASE WHEN ${customers} THEN ` +
        'ARRAY[CASE WHEN s.score < 40 THEN 0 END, 1, CASE WHEN s.seats > 5 THEN 2 END, CASE WHEN s.seats > 5 THEN 3 END]::int[]' +
        ' ELSE ARRAY[NULL, NULL, CASE WHEN s.seats > 5 THEN 2 END, NULL]::int[] END',
    );
  });

  it('leaves a condition of two where it stands', () => {
    const cases = [
      { conditions: [customers], value: `'a'` },
      { conditions: [customers, 's.seats > 5'], value: `'b'` },
      { conditions: [], value: `'c'` },
    ];
    expect(arrayOfCases(cases, 'text')).toBe(
      `ARRAY[CASE WHEN ${customers} THEN 'a' END, CASE WHEN ${customers} AND s.seats > 5 THEN 'b' END, 'c']::text[]`,
    );
  });

  it('writes nothing twice for what few of many begin with, and never takes out where a case is asked', () => {
    const where = 'get_bit(c.rules, 0) = 1';
    const few = Array.from({ length: 6 }, (_, n) => ({
      conditions: n < 3 ? [customers] : [`s.seats > ${n}`],
      value: `${n}`,
    }));
    const asked = few.map((each, n) => ({ ...each, where, conditions: [`s.seats > ${n}`] }));
    expect(arrayOfCases(few, 'int')).toMatch(/^ARRAY/);
    expect(arrayOfCases(asked, 'int')).toMatch(
      /^ARRAY\[CASE WHEN get_bit\(c\.rules, 0\) = 1 AND s\.seats > 0 THEN 0 END, /,
    );
  });
});
