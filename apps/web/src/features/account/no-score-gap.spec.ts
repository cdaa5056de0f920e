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
  const account = {
    asOf: '2026-04-15',
    status: 'customer' as const,
    score: 70,
    healthChange: 4,
    sparkline: new Array<number>(30).fill(70),
  };

  it('is nothing where both days have a score, or others are compared', () => {
    expect(knownGap(account, days)).toBeNull();
    expect(knownGap({ ...account, healthChange: null }, { ...days, from: '2026-03-01' })).toBeNull();
    expect(knownGap({ ...account, score: null }, { ...days, to: '2026-04-10' })).toBeNull();
    expect(knownGap({ ...account, status: 'churned', score: null, healthChange: null }, days)).toBeNull();
  });

  it('is that the day itself has no score', () => {
    expect(knownGap({ ...account, score: null, healthChange: null }, days)).toEqual({
      text: 'It had no score on 15 Apr 2026.',
      since: null,
      canStartAt: null,
    });
  });

  it('is that a young account had none 30 days before, and which day can stand in for it', () => {
    const sparkline = [...new Array<null>(27).fill(null), 60, 65, 70];
    expect(knownGap({ ...account, healthChange: null, sparkline }, days)).toEqual({
      text: 'It had no score on 16 Mar 2026.',
      since: '2026-04-13',
      canStartAt: '2026-04-13',
    });
    expect(knownGap({ ...account, healthChange: null, sparkline: [70] }, days)).toMatchObject({ canStartAt: null });
  });
});
