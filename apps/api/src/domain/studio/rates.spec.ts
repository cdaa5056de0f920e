import fc from 'fast-check';
import { clusteredRate, wilson } from './rates.js';

const rateOf = (accounts: readonly { events: number; observations: number }[]) =>
  clusteredRate({
    events: accounts.map(({ events }) => events),
    observations: accounts.map(({ observations }) => observations),
  });

describe("Wilson's interval", () => {
  it('is the published one', () => {
    const { value, low, high } = wilson(0.2, 10);
    expect([value, low, high].map((end) => Math.round(end * 10_000) / 10_000)).toEqual([0.2, 0.0567, 0.5098]);
  });

  it('says something at 0 and at 1', () => {
    expect(wilson(0, 10)).toMatchObject({ value: 0, low: 0 });
    expect(wilson(0, 10).high).toBeCloseTo(0.2775, 4);
    expect(wilson(1, 10).low).toBeCloseTo(0.7225, 4);
  });
});

describe('a rate over accounts', () => {
  const accounts = fc.array(
    fc.record({ events: fc.nat({ max: 12 }), more: fc.nat({ max: 12 }) }).map(({ events, more }) => ({
      events,
      observations: events + more,
    })),
    { maxLength: 40 },
  );

  it('is nothing of nobody', () => {
    expect(rateOf([])).toEqual({ observations: 0, accounts: 0, events: 0, rate: null });
  });

  it('is the plain interval where each account is seen once', () => {
    const seen = Array.from({ length: 25 }, (_, at) => ({ events: at < 4 ? 1 : 0, observations: 1 }));
    const { rate } = rateOf(seen);
    const plain = wilson(4 / 25, 25);
    expect(rate!.low).toBeCloseTo(plain.low, 10);
    expect(rate!.high).toBeCloseTo(plain.high, 10);
  });

  it('gains nothing from seeing the same accounts ten times', () => {
    const once = Array.from({ length: 25 }, (_, at) => ({ events: at < 4 ? 1 : 0, observations: 1 }));
    const often = once.map(({ events }) => ({ events: events * 10, observations: 10 }));
    expect(rateOf(often).rate!.low).toBeCloseTo(rateOf(once).rate!.low, 10);
  });

  it('lies within its interval, and the interval within 0 and 1', () => {
    fc.assert(
      fc.property(accounts, (seen) => {
        const { rate, observations } = rateOf(seen);
        expect(rate === null).toBe(observations === 0);
        if (rate === null) return;
        expect(0 <= rate.low && rate.low <= rate.value && rate.value <= rate.high && rate.high <= 1).toBe(true);
      }),
    );
  });
});
