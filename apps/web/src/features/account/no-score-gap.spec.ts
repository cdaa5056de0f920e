import { knownGap, noScoreGap } from './no-score-gap.js';

const days = { from: '2026-03-16', to: '2026-04-15' };
const refused = (...details: [path: string, message?: string][]) => ({
  details: details.map(([path, message = 'has no score']) => ({ path, message })),
});

it('of a young account says since when there is history, and offers that day', () => {
  expect(noScoreGap(refused(['from'], ['since', '2026-04-02']), days)).toEqual({
    text: 'The scores of this account begin on 2 Apr 2026.',
    since: '2026-04-02',
    canStartAt: '2026-04-02',
  });
});

it('offers nothing on the first day itself', () => {
  expect(noScoreGap(refused(['from'], ['since', '2026-04-15']), days)).toMatchObject({
    text: 'The scores of this account begin on 15 Apr 2026.',
    canStartAt: null,
  });
});

it('of an older account names the days without a score', () => {
  expect(noScoreGap(refused(['to'], ['since', '2025-01-01']), days).text).toBe('It had no score on 15 Apr 2026.');
  expect(noScoreGap(refused(['from'], ['to'], ['since', '2025-01-01']), days).text).toBe(
    'It had no score on 16 Mar 2026 and 15 Apr 2026.',
  );
});

it('of an account that never had a score says so', () => {
  expect(noScoreGap(refused(['from'], ['to']), days).text).toBe('This account has not been scored yet.');
});

describe('what the account’s answer tells already', () => {
  const account = { asOf: '2026-04-15', status: 'customer' as const, score: null };

  it('is that the day itself has no score', () => {
    expect(knownGap(account, '2026-04-15')).toEqual({
      text: 'It had no score on 15 Apr 2026.',
      since: null,
      canStartAt: null,
    });
  });

  it('is nothing where it has one, where another day is compared, or of an account that has churned', () => {
    expect(knownGap({ ...account, score: 70 }, '2026-04-15')).toBeNull();
    expect(knownGap(account, '2026-04-10')).toBeNull();
    expect(knownGap({ ...account, status: 'churned' }, '2026-04-15')).toBeNull();
  });
});
