import {
  formatDelta,
  formatMoney,
  formatMoneyCompact,
  formatMoneyWhole,
  formatPercent,
  formatPoints,
  formatScore,
  plural,
} from './format.js';

describe('money', () => {
  it('shows whole units without cents and others with them', () => {
    expect(formatMoney(5_408_900_00, 'EUR')).toBe('€5,408,900');
    expect(formatMoney(17350, 'EUR')).toBe('€173.50');
  });

  it('leaves the cents out of sums, rounded to the nearest unit of the currency', () => {
    expect(formatMoneyWhole(468_066_48, 'USD')).toBe('$468,066');
    expect(formatMoneyWhole(468_066_50, 'USD')).toBe('$468,067');
    expect(formatMoneyWhole(-1_499, 'JPY')).toBe('−¥1,499');
    expect(formatMoneyWhole(-30, 'USD')).toBe('$0');
    expect(formatMoneyWhole(null, 'USD')).toBe('–');
  });

  it('scales by the currency: a yen has no minor unit', () => {
    expect(formatMoney(1200, 'JPY')).toBe('¥1,200');
    expect(formatMoney(1_234_000, 'KWD')).toContain('1,234');
  });

  it('writes debts with a minus sign and unknown amounts as a dash, never 0', () => {
    expect(formatMoney(-5000, 'USD')).toBe('−$50');
    expect(formatMoney(null, 'USD')).toBe('–');
    expect(formatMoneyCompact(null, 'USD')).toBe('–');
  });

  it('is short where the exact amount is on hover', () => {
    expect(formatMoneyCompact(54_089_000_00, 'USD')).toBe('$54.1M');
    expect(formatMoneyCompact(950_00, 'USD')).toBe('$950');
  });

  it('survives a currency that nobody knows', () => {
    expect(formatMoney(12_300, 'not a currency')).toBe('123 not a currency');
  });
});

describe('changes', () => {
  it('carry sign, size and direction', () => {
    expect(formatDelta(-12)).toBe('−12 ▼');
    expect(formatDelta(3.4)).toBe('+3 ▲');
    expect(formatDelta(0)).toBe('0');
    expect(formatDelta(null)).toBe('–');
  });

  it('come in whole points, so that a column of them compares at a glance', () => {
    expect(formatDelta(0.8)).toBe('+1 ▲');
    expect(formatDelta(-0.4)).toBe('0');
  });

  it('in points keep two decimals, so that a list of them adds up on screen', () => {
    expect(formatPoints(-14.25)).toBe('−14.25');
    expect(formatPoints(2)).toBe('+2');
    expect(formatPoints(0.001)).toBe('0');
  });
});

describe('scores', () => {
  it('show their floor: what shows 70 is never healthy', () => {
    expect(formatScore(70.99)).toBe('70');
    expect(formatScore(71)).toBe('71');
    expect(formatScore(null)).toBe('–');
  });
});

it('percentages are given in percent', () => {
  expect(formatPercent(112.5, 1)).toBe('112.5 %');
  expect(formatPercent(null)).toBe('–');
});

it('counts name what they count', () => {
  expect(plural(1, 'day')).toBe('1 day');
  expect(plural(1284, 'account')).toBe('1,284 accounts');
  expect(plural(2, 'person', 'people')).toBe('2 people');
});
