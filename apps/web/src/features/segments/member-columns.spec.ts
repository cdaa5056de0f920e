import { memberLayout } from './member-columns.js';

const shown = (columns: string[] | null) =>
  memberLayout(columns)
    .filter(({ hide }) => !hide)
    .map(({ colId }) => colId);

it('shows the segment’s columns in its order, the name first', () => {
  expect(shown(['account.renewalDate', 'account.arr', 'sentiment.nps'])).toEqual(['name', 'renewal', 'arr', 'nps']);
});

it('leaves out what the grid cannot draw, and keeps every other column at hand', () => {
  expect(shown(['usage.no_such_signal', 'account.arr'])).toEqual(['name', 'arr']);
  expect(memberLayout(['account.arr'])).toHaveLength(memberLayout(null).length);
});

it('is the list’s own layout where the segment has none', () => {
  expect(shown(null)).toContain('score');
  expect(shown(null)).not.toContain('industry');
});
