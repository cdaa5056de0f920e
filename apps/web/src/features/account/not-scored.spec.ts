import { notScoredText, refusedScoreText } from './not-scored.js';

const customer = { band: null, status: 'customer', asOf: '2026-01-15' } as const;

it('of a live account on a past day without a snapshot says that nothing was computed', () => {
  expect(notScoredText(customer, true)).toMatch(/^Nothing was computed of this account for 15 Jan 2026.*backfill/);
});

it('of a new account says that nothing has been computed yet', () => {
  expect(notScoredText(customer, false)).toBe('Nothing has been computed of this account yet.');
});

it('of a prospect says who is scored', () => {
  const words = 'Accounts are scored while they are on trial or customers.';
  expect(notScoredText({ ...customer, status: 'prospect' }, false)).toBe(words);
});

it('asks where there may be reasons: an unknown score, and the last one of an account that has churned', () => {
  expect(notScoredText({ ...customer, band: 'unknown' }, false)).toBeNull();
  expect(notScoredText({ ...customer, status: 'churned' }, false)).toBeNull();
});

it('says the same where only the server could tell', () => {
  expect(refusedScoreText(customer, true)).toMatch(/^Nothing was computed/);
  expect(refusedScoreText(customer, false)).toMatch(/^Accounts are scored/);
});
