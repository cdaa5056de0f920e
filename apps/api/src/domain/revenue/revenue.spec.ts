import { toDay } from '../calendar/day.js';
import { arrMinor, customerSince, mrrMinor, type Subscription, seatsOf } from './revenue.js';

function subscription(start: string, end: string | null, overrides: Partial<Subscription> = {}): Subscription {
  return {
    start: toDay(start),
    end: end === null ? null : toDay(end),
    mrrMinor: 100_000,
    quantity: 10,
    seatBased: true,
    autoRenew: false,
    termMonths: 12,
    ...overrides,
  };
}
const today = toDay('2026-04-15');

describe('ARR', () => {
  it('is 12 × the MRR of the subscriptions active on the day; the last day still counts', () => {
    const both = [subscription('2025-04-16', '2026-04-15'), subscription('2026-04-01', null, { mrrMinor: 50_000 })];
    expect(arrMinor(both, 1, today)).toBe(1_800_000);
    expect(arrMinor(both, 1, toDay('2026-04-16'))).toBe(600_000);
  });

  it('is the account’s own figure where it never had a subscription, and 0 when all have ended', () => {
    expect(arrMinor([], 5_000_000, today)).toBe(5_000_000);
    expect(arrMinor([], null, today)).toBeNull();
    expect(arrMinor([subscription('2024-01-01', '2024-12-31')], 5_000_000, today)).toBe(0);
    expect(arrMinor([subscription('2026-05-01', null)], 5_000_000, today)).toBe(5_000_000);
    expect(mrrMinor([], 1_200, today)).toBe(100);
  });
});

describe('seats', () => {
  it('add up over active seat-based subscriptions, else the account’s own figure', () => {
    const subs = [subscription('2025-01-01', null), subscription('2025-01-01', null, { quantity: 5 })];
    expect(seatsOf(subs, 99, today)).toBe(15);
    expect(seatsOf([subscription('2025-01-01', null, { seatBased: false })], 99, today)).toBe(99);
    expect(seatsOf([subscription('2024-01-01', '2024-12-31')], null, today)).toBeNull();
  });
});

describe('customer since', () => {
  it('is as delivered, else the earliest subscription, else the first day seen as a customer', () => {
    const subs = [subscription('2025-06-01', null), subscription('2024-03-01', '2025-02-28')];
    expect(customerSince(toDay('2023-01-01'), subs, today)).toBe(toDay('2023-01-01'));
    expect(customerSince(null, subs, today)).toBe(toDay('2024-03-01'));
    expect(customerSince(null, [], today)).toBe(today);
    expect(customerSince(null, [], null)).toBeNull();
  });
});
