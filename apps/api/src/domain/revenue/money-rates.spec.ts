import { toDay } from '../calendar/day.js';
import { moneyAt } from './money-rates.js';

const rates = [
  { currency: 'EUR', from: toDay('2026-01-01'), rate: 1.1 },
  { currency: 'EUR', from: toDay('2026-04-01'), rate: 1.2 },
  { currency: 'JPY', from: toDay('2026-01-01'), rate: 0.0065 },
];

describe('money in the workspace’s currency', () => {
  it('is what it is where no currency is named, or the workspace’s', () => {
    const money = moneyAt(rates, 'USD', toDay('2026-04-15'));
    expect(money(1_050, null)).toBe(1_050);
    expect(money(1_050, 'USD')).toBe(1_050);
  });

  it('is converted at the newest rate up to the day, before the first at the first', () => {
    expect(moneyAt(rates, 'USD', toDay('2026-04-15'))(10_000, 'EUR')).toBe(12_000);
    expect(moneyAt(rates, 'USD', toDay('2026-03-31'))(10_000, 'EUR')).toBe(11_000);
    expect(moneyAt(rates, 'USD', toDay('2025-06-01'))(10_000, 'EUR')).toBe(11_000);
    expect(moneyAt([...rates].reverse(), 'USD', toDay('2026-03-31'))(10_000, 'EUR')).toBe(11_000);
  });

  it('minds that currencies have other minor units', () => {
    expect(moneyAt(rates, 'USD', toDay('2026-04-15'))(1_000_000, 'JPY')).toBe(650_000);
  });

  it('is unknown without a rate, never taken one for one', () => {
    expect(moneyAt(rates, 'USD', toDay('2026-04-15'))(10_000, 'GBP')).toBeNull();
  });
});
