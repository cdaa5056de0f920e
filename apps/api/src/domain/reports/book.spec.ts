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

const NOBODY = { groups: [], owners: 0 };

it('adds up a book by band and tier', () => {
  const book = bookOf(
    [
      group({ accounts: 3, arrMinor: 900, scoreSum: 240, scored: 3 }),
      group({ tier: 'T2', band: 'at_risk', accounts: 2, arrMinor: 100, scoreSum: 40, scored: 2 }),
      group({ tier: 'T2', band: null, accounts: 1, arrMinor: null, scoreSum: 0, scored: 0 }),
    ],
    TIERS,
    NOBODY,
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
  const groups = [group({ accounts: 30 }), group({ tier: 'T2', accounts: 10 })];
  const book = bookOf(groups, TIERS, { groups, owners: 1 });
  expect(book.tiers).toEqual([
    { tier: 'T1', accounts: 30, counted: 30, target: 15, load: 200 },
    { tier: 'T2', accounts: 10, counted: 10, target: 40, load: 25 },
  ]);
  expect(book.load).toBe(225);
  const t1 = groups.slice(0, 1);
  expect(bookOf(t1, TIERS, { groups: t1, owners: 2 }).load).toBe(100);
});

it('adds up all accounts by tier, though it holds only some of them against the targets', () => {
  const loading = [group({ accounts: 30 })];
  const { accounts, tiers, noTier, load } = bookOf(
    [...loading, group({ accounts: 5 }), group({ tier: 'T2', accounts: 4 }), group({ tier: null, accounts: 3 })],
    TIERS,
    { groups: loading, owners: 1 },
  );
  expect(tiers).toEqual([
    { tier: 'T1', accounts: 35, counted: 30, target: 15, load: 200 },
    { tier: 'T2', accounts: 4, counted: 0, target: 40, load: 0 },
  ]);
  expect(tiers.reduce((sum, tier) => sum + tier.accounts, noTier)).toBe(accounts);
  expect(load).toBe(200);
});

it('knows no mean of nothing scored, no ARR of nothing known, and no load without an owner', () => {
  expect(bookOf([], TIERS, NOBODY)).toMatchObject({ accounts: 0, arrMinor: null, meanScore: null, load: null });
  expect(bookOf([group()], TIERS, NOBODY).tiers[0]).toEqual({
    tier: 'T1',
    accounts: 1,
    counted: 0,
    target: null,
    load: null,
  });
  const unknown = bookOf([group({ band: 'unknown', scored: 0, scoreSum: 0 })], TIERS, NOBODY);
  expect(unknown).toMatchObject({ meanScore: null, scored: 0 });
});

it('tells accounts whose tier is no more', () => {
  expect(bookOf([group({ tier: 'old' }), group({ tier: null }), group()], TIERS, NOBODY).noTier).toBe(2);
});
