import { ColumnProfiler } from './column-profile.js';

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
