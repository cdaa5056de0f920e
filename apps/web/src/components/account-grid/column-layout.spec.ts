import { completeLayout, DEFAULT_LAYOUT, isColumnLayout } from './column-layout.js';

jest.mock('./columns.js', () => ({
  ACCOUNT_COLUMNS: [
    { id: 'name', width: 230 },
    { id: 'score', width: 190 },
    { id: 'plan', width: 120, extra: true },
  ],
}));

it('extra columns wait until they are chosen', () => {
  expect(DEFAULT_LAYOUT.filter((column) => column.hide).map((column) => column.colId)).toEqual(['plan']);
});

it('a stored layout loses columns that are gone and gains those that are new, at its end', () => {
  const stored = [
    { colId: 'score', width: 300, hide: true },
    { colId: 'gone', width: 10, hide: false },
  ];
  expect(completeLayout(stored).map(({ colId, width }) => [colId, width])).toEqual([
    ['score', 300],
    ['name', 230],
    ['plan', 120],
  ]);
});

it('what else may stand in the browser’s store is not taken for a layout', () => {
  expect(isColumnLayout([{ colId: 'name', width: 1, hide: false }])).toBe(true);
  expect(isColumnLayout([{ colId: 'name' }])).toBe(false);
  expect(isColumnLayout([null])).toBe(false);
  expect(isColumnLayout({})).toBe(false);
});
