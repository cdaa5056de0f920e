import { ColumnProfiler } from './column-profile.js';
import { suggestColumns } from './header-match.js';

it('tells of each column what it holds and how it is written', () => {
  const profiler = new ColumnProfiler(['status', 'renewal', 'arr', 'empty'], 2);
  profiler.add(['Retained', '03/04/2026', '1.200,50 €', '']);
  profiler.add(['Churn', '05/06/2026', '800,00', '']);
  profiler.add(['Churn', '', '#N/A']);
  expect(profiler.result()).toEqual([
    {
      name: 'status',
      type: 'text',
      samples: ['Retained', 'Churn'],
      values: [
        { value: 'Churn', count: 2 },
        { value: 'Retained', count: 1 },
      ],
      dateFormat: null,
      dateFormatAmbiguous: false,
      decimal: null,
    },
    expect.objectContaining({ name: 'renewal', type: 'date', dateFormat: null, dateFormatAmbiguous: true }),
    expect.objectContaining({ name: 'arr', type: 'money', decimal: ',' }),
    expect.objectContaining({ name: 'empty', type: 'empty', samples: [], values: [] }),
  ]);
});

describe('a column with a bad cell among few', () => {
  function fieldsOf(headers: string[], ...rows: string[][]): (string | undefined)[] {
    const profiler = new ColumnProfiler(headers);
    for (const row of rows) profiler.add(row);
    return suggestColumns('account', profiler.seen()).map(({ mapping }) => mapping.field);
  }

  it('is still the field of its name, so that only the bad rows are rejected', () => {
    const headers = ['account', 'seats', 'ARR', 'Renewal date'];
    const rows = [
      ['A', '10', '1.200,00', '2026-05-01'],
      ['B', 'ten', 'a lot', 'soon'],
      ['C', '12', '800,00', '2026-06-01'],
    ];
    expect(fieldsOf(headers, ...rows)).toEqual(['account', 'seats', 'arr', 'renewalDate']);
  });

  it('is a field by a mere synonym only where half of its values are of the type', () => {
    const synonym = 'licenses';
    expect(fieldsOf(['account', synonym], ['A', '10'], ['B', 'ten'], ['C', '12'])).toEqual(['account', 'seats']);
    expect(fieldsOf(['account', synonym], ['A', 'Pro'], ['B', 'Basic'], ['C', '12'])).toEqual(['account', undefined]);
  });

  it('leaves the field to a column that holds nothing else', () => {
    const rows = [
      ['A', 'many', '10'],
      ['B', '7', '12'],
    ];
    expect(fieldsOf(['account', 'seats', 'licenses'], ...rows)).toEqual(['account', undefined, 'seats']);
  });

  it('asks how its dates are written', () => {
    const profiler = new ColumnProfiler(['renewalDate']);
    for (const cell of ['03/04/2026', '05/06/2026', 'soon']) profiler.add([cell]);
    expect(profiler.result()[0]).toMatchObject({ type: 'text', dateFormatAmbiguous: true });
  });
});
