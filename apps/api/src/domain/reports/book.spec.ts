import { type BookGroup, bookOf } from './book.js';

const group = (over: Partial<BookGroup> = {}): BookGroup => ({
  band: 'healthy',
  tier: 'T1',
  accounts: 1,
  arrMinor: 100_00,
  scoreSum: 80,
  scored: 1,
  ...over,
});
const TIERS = [
  { key: 'T1', targetAccounts: 15 },
  { key: 'T2', targetAccounts: 40 },
];

it('adds up a book by band and tier', () => {
  const book = bookOf(
    [
      group({ accounts: 3, arrMinor: 900, scoreSum: 240, scored: 3 }),
      group({ tier: 'T2', band: 'at_risk', accounts: 2, arrMinor: 100, scoreSum: 40, scored: 2 }),
      group({ tier: 'T2', band: null, accounts: 1, arrMinor: null, scoreSum: 0, scored: 0 }),
    ],
    TIERS,
    1,
  );
  expect(book).toMatchObject({ accounts: 6, arrMinor: 1_000, meanScore: 56, scored: 5, noTier: 0 });
  expect(book.bands).toEqual({
    at_risk: { accounts: 2, arrMinor: 100 },
    watch: { accounts: 0, arrMinor: null },
    healthy: { accounts: 3, arrMinor: 900 },
    unknown: { accounts: 1, arrMinor: null },
  });
});

it('holds the accounts of each tier against what an owner should have', () => {
  const book = bookOf([group({ accounts: 30 }), group({ tier: 'T2', accounts: 10 })], TIERS, 1);
  expect(book.tiers).toEqual([
    { tier: 'T1', accounts: 30, target: 15, load: 200 },
    { tier: 'T2', accounts: 10, target: 40, load: 25 },
  ]);
  expect(book.load).toBe(225);
  expect(bookOf([group({ accounts: 30 })], TIERS, 2).load).toBe(100);
});

it('knows no mean of nothing scored, no ARR of nothing known, and no load without an owner', () => {
  expect(bookOf([], TIERS, 0)).toMatchObject({ accounts: 0, arrMinor: null, meanScore: null, load: null });
  const unknown = bookOf([group({ band: 'unknown', scored: 0, scoreSum: 0 })], TIERS, 1);
  expect(unknown).toMatchObject({ meanScore: null, scored: 0 });
});

it('tells accounts whose tier is no more', () => {
  expect(bookOf([group({ tier: 'old' }), group({ tier: null }), group()], TIERS, 1).noTier).toBe(2);
});
