import type { BandMovement } from '@steward/shared/portfolio';
import { cellOf, directionOf, isEmptyMatrix, movementTable, movementWords, moveWords } from './band-matrix.js';

const movement = (some: Partial<BandMovement> = {}): BandMovement => ({
  fromDay: '2026-10-31',
  toDay: '2026-11-22',
  live: true,
  currency: 'USD',
  known: { from: true, to: true },
  cells: [
    { from: 'healthy', to: 'at_risk', accounts: 2, arrMinor: 500_000 },
    { from: 'watch', to: 'none', accounts: 1, arrMinor: null },
    { from: 'none', to: 'unknown', accounts: 3, arrMinor: 10_000 },
  ],
  better: { accounts: 0, arrMinor: null },
  worse: { accounts: 2, arrMinor: 500_000 },
  same: { accounts: 7, arrMinor: 900_000 },
  ...some,
});

it('only between at risk, watch and healthy is a move for the better or the worse', () => {
  expect(directionOf('at_risk', 'watch')).toBe('better');
  expect(directionOf('healthy', 'at_risk')).toBe('worse');
  expect(directionOf('watch', 'watch')).toBe('same');
  expect(directionOf('unknown', 'healthy')).toBe('other');
  expect(directionOf('at_risk', 'none')).toBe('other');
});

it('a sentence counts moves, arrivals and those that are gone', () => {
  expect(movementWords(movement())).toBe('0 better, 2 worse ($5K), 7 in the same band, 3 came, 1 is gone.');
});

it('a cell says who moved, and what is not known is no amount', () => {
  const data = movement();
  expect(moveWords(cellOf(data, 'healthy', 'at_risk'), 'USD')).toBe(
    '2 accounts from healthy to at risk, $5,000 of ARR',
  );
  expect(moveWords(cellOf(data, 'watch', 'none'), 'USD')).toBe('1 account from watch to gone');
  expect(cellOf(data, 'healthy', 'healthy').accounts).toBe(0);
});

it('the file has a row a move; nothing moved is said', () => {
  expect(movementTable(movement()).rows.map(({ cells }) => cells.map(({ plain }) => plain))).toEqual([
    ['Watch', 'Gone', 1, null],
    ['Healthy', 'At risk', 2, 5000],
    ['Not there yet', 'Unknown', 3, 100],
  ]);
  expect(isEmptyMatrix(movement())).toBe(false);
  expect(isEmptyMatrix(movement({ cells: [] }))).toBe(true);
});
