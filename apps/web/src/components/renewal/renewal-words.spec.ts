import { daysOfMonth, forecastSource, monthShort, monthWords } from './renewal-words.js';

it('knows the last day of each month, leap years included', () => {
  expect(daysOfMonth('2026-02')).toEqual({ from: '2026-02-01', to: '2026-02-28' });
  expect(daysOfMonth('2028-02').to).toBe('2028-02-29');
  expect(daysOfMonth('2026-12').to).toBe('2026-12-31');
});

it('writes months in full above rows, and short below bars with the year where one begins', () => {
  expect(monthWords('2026-04')).toBe('April 2026');
  expect(monthShort('2026-09')).toBe('Sep');
  expect(monthShort('2027-01')).toBe('Jan 27');
});

it('tells a person’s forecast from what holds by default', () => {
  const forecast = {
    category: 'likely',
    amountMinor: 1,
    probability: 70,
    weightedMinor: 1,
    by: null,
    at: null,
  } as const;
  expect(forecastSource({ forecast: { ...forecast, from: 'person', by: 'Ann' } })).toBe(
    'Forecast by Ann, 70 % probable',
  );
  expect(forecastSource({ forecast: { ...forecast, from: 'default' } })).toMatch(/^Nobody has forecast it/);
  expect(forecastSource({ forecast: { ...forecast, from: 'leaving' } })).toMatch(/leaves/);
});
