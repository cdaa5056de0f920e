import { basisWords, configWords, estimateWords, ratesWords, rateWords, warningWords } from './run-words.js';

it('says a figure with its interval, and nothing where there is none', () => {
  expect(estimateWords({ value: 0.834, low: 0.79, high: 0.871 })).toBe('0.83 (0.79 to 0.87)');
  expect(estimateWords(null)).toBe('–');
  expect(rateWords({ value: 0.12, low: 0.08, high: 0.17 })).toBe('12 % (8 to 17 %)');
  expect(rateWords({ value: 0.012, low: 0.004, high: 0.03 })).toBe('1.2 % (0.4 to 3 %)');
});

it('says what history is asked', () => {
  const config = { outcome: 'churn', horizonDays: 90, from: null, to: null, accounts: 'all' } as const;
  expect(configWords(config)).toBe('Churn within 90 days, the newest 12 months');
  expect(configWords({ ...config, outcome: 'downgrade', from: '2025-03', to: '2025-08', accounts: 'own' })).toBe(
    'Downgrade within 90 days, 2025-03 to 2025-08, its own accounts',
  );
});

it('says what an observation is made of', () => {
  const figures = {
    outcome: 'churn',
    horizonDays: 90,
    accounts: 80,
    observations: 700,
    events: 24,
    eventAccounts: 9,
    unknown: 12,
    months: Array.from({ length: 9 }, () => ({ day: '2026-01-31', observations: 78, scored: 76, events: 2, auc: 0.8 })),
  } as const;
  expect(basisWords({ ...figures, months: [...figures.months] })).toBe(
    '80 accounts at 9 month-ends make 700 observations; 9 accounts churned within 90 days of one (24 observations before it). 12 observations had no score.',
  );
  expect(basisWords({ ...figures, months: [], observations: 0 })).toBe(
    'There was no live account at any of these month-ends.',
  );
});

describe('the time of warning', () => {
  it('counts those who were at risk before', () => {
    expect(warningWords({ accounts: 20, warned: 17, medianDays: 62 }, 'churn')).toBe(
      '17 of the 20 accounts that churned were at risk at a month-end before it, in the median 62 days ahead.',
    );
  });

  it('says so where nobody was warned, and where nobody left', () => {
    expect(warningWords({ accounts: 3, warned: 0, medianDays: null }, 'churn')).toBe(
      'None of the 3 accounts that churned was at risk at a month-end before.',
    );
    expect(warningWords({ accounts: 0, warned: 0, medianDays: null }, 'downgrade')).toBe(
      'No account paid less or churned in this time.',
    );
  });
});

it('says which rates are highest and lowest, and never divides nothing', () => {
  const rate = (value: number) => ({ value, low: 0, high: 1 });
  expect(
    ratesWords([
      { label: 'At risk', rate: rate(0.34) },
      { label: 'Healthy', rate: rate(0.021) },
      { label: 'Unknown', rate: null },
    ]),
  ).toBe('Highest: at risk, 34 %; lowest: healthy, 2.1 %.');
  expect(ratesWords([{ label: 'Healthy', rate: null }])).toBe('There is nothing to compare.');
  expect(ratesWords([{ label: 'Healthy', rate: rate(0) }])).toBe('The same everywhere: 0 %.');
});
