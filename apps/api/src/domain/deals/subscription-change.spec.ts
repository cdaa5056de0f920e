import { isoOrNull, toDay } from '../calendar/day.js';
import { changedSubscription, type SubscriptionFields } from './subscription-change.js';

const today = toDay('2026-04-15');

function subscription(overrides: Partial<SubscriptionFields> = {}): SubscriptionFields {
  return {
    plan: 'Team',
    quantity: 20,
    seatBased: true,
    mrrMinor: 100_000,
    currency: 'EUR',
    start: toDay('2025-09-01'),
    end: toDay('2026-08-31'),
    termMonths: 12,
    autoRenew: false,
    ...overrides,
  };
}
const expansion = (from: string) =>
  ({ kind: 'expansion', subscriptionId: 's', quantity: 30, mrrMinor: 150_000, from }) as const;
const renewal = (end: string | null = null) =>
  ({ kind: 'renewal', subscriptionId: 's', quantity: 20, mrrMinor: 110_000, end }) as const;

const shown = (of: SubscriptionFields | null) =>
  of && [isoOrNull(of.start), isoOrNull(of.end), of.quantity, of.mrrMinor, of.plan];

function done(of: SubscriptionFields, change: Parameters<typeof changedSubscription>[1]) {
  const result = changedSubscription(of, change, today);
  if (result.kind === 'refused') throw new Error(result.why);
  return [shown(result.changed), shown(result.made)];
}

describe('a won expansion', () => {
  it('begins a subscription with the new MRR, and ends the one before on the day before', () => {
    expect(done(subscription(), expansion('2026-04-01'))).toEqual([
      ['2025-09-01', '2026-03-31', 20, 100_000, 'Team'],
      ['2026-04-01', '2026-08-31', 30, 150_000, 'Team'],
    ]);
  });

  it('changes a subscription itself from its first day on', () => {
    expect(done(subscription({ start: today }), expansion('2026-04-15'))).toEqual([
      ['2026-04-15', '2026-08-31', 30, 150_000, 'Team'],
      null,
    ]);
  });

  it.each(['2025-08-31', '2026-04-16'])('does not begin on %s, outside the subscription or to come', (from) => {
    expect(changedSubscription(subscription(), expansion(from), today)).toEqual({
      kind: 'refused',
      why: 'DAY_OUTSIDE_SUBSCRIPTION',
      path: 'from',
    });
  });
});

describe('a won renewal', () => {
  it('adds a term as long as the one before', () => {
    expect(done(subscription(), renewal())).toEqual([null, ['2026-09-01', '2027-08-31', 20, 110_000, 'Team']]);
    expect(done(subscription({ termMonths: null }), renewal())).toEqual([
      null,
      ['2026-09-01', '2027-08-31', 20, 110_000, 'Team'],
    ]);
    const leap = subscription({ start: toDay('2023-03-01'), end: toDay('2024-02-29') });
    expect(done(leap, renewal())[1]?.slice(0, 2)).toEqual(['2024-03-01', '2025-02-28']);
  });

  it('ends when that is said', () => {
    expect(done(subscription(), renewal('2029-08-31'))[1]?.[1]).toBe('2029-08-31');
    expect(changedSubscription(subscription(), renewal('2026-08-31'), today)).toMatchObject({
      why: 'END_BEFORE_START',
    });
  });

  it('needs an end that it follows', () => {
    expect(changedSubscription(subscription({ end: null }), renewal(), today)).toMatchObject({ why: 'OPEN_ENDED' });
  });
});
