import type { ChartData } from './chart-data.js';
import { csvOf, fileNameOf, tableOf } from './report-table.js';
import { seriesLook } from './series-look.js';

const chart: ChartData = {
  of: 'Month',
  columns: [
    { key: '2026-10', label: 'Oct', title: 'October 2026' },
    { key: '2026-11', label: 'Nov', title: 'November 2026' },
  ],
  series: [
    {
      key: 'T1',
      label: 'Tier 1',
      look: seriesLook(0),
      cells: [{ value: 120_000 }, { value: null, why: 'no customers' }],
      before: [{ value: 90_050 }, { value: 0 }],
    },
  ],
  format: { text: (value) => `$${value / 100}`, short: String, plain: (value) => value / 100, unit: 'USD' },
};

it('a chart as a table: months down, series across, what is compared with beside, and no value is not 0', () => {
  const table = tableOf(chart);
  expect(table.columns.map(({ label }) => label)).toEqual(['Month', 'Tier 1', 'Tier 1, before']);
  expect(table.rows.map(({ cells }) => cells.map(({ text }) => text))).toEqual([
    ['October 2026', '$1200', '$900.5'],
    ['November 2026', '–', '$0'],
  ]);
  expect(table.rows[1]?.cells[1]?.title).toBe('no customers');
});

it('its file holds plain numbers with their unit, and empty cells where there is no value', () => {
  expect(csvOf(tableOf(chart))).toBe(
    'Month,Tier 1 (USD),"Tier 1, before (USD)"\r\nOctober 2026,1200,900.5\r\nNovember 2026,,0\r\n',
  );
});

it('names that a spreadsheet would run are harmless, and quotes survive', () => {
  const cells = ['=1+1', 'a "b"', '@x', -5].map((plain) => ({ text: String(plain), plain }));
  expect(csvOf({ columns: [], rows: [{ key: 'a', cells }] })).toBe('\r\n\'=1+1,"a ""b""",\'@x,-5\r\n');
});

it('a file is named by its chart and day', () => {
  expect(fileNameOf('Touch coverage, by tier', '2026-11-22')).toBe('touch-coverage-by-tier-2026-11-22.csv');
  expect(fileNameOf('日本', '2026-11-22')).toBe('report-2026-11-22.csv');
});
