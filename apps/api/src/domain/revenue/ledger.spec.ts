import fc from 'fast-check';
import { addDays, toDay } from '../calendar/day.js';
import { monthOf } from '../calendar/month.js';
import {
  bothEndsOf,
  type ConvertAt,
  grossRetention,
  type LedgerSubscription,
  logoChurn,
  monthlyLedger,
  netRetention,
  withLateRenewals,
} from './ledger.js';

const month = (text: string) => monthOf(toDay(`${text}-01`));
const asIs: ConvertAt = (amount) => amount;

function subscription(start: string, end: string | null, overrides: Partial<LedgerSubscription> = {}) {
  return { start: toDay(start), end: end === null ? null : toDay(end), mrrMinor: 1_000, currency: 'EUR', ...overrides };
}

/** `month start movement amount end`, one line a month. */
function ledger(subscriptions: LedgerSubscription[], from: string, to: string, convert = asIs, today = '2030-01-01') {
  return monthlyLedger(subscriptions, convert, { from: month(from), to: month(to), today: toDay(today) }).map(
    ({ startMinor, movement, movementMinor, endMinor }) => [startMinor, movement, movementMinor, endMinor],
  );
}

describe('the monthly ledger, worked by hand', () => {
  it('counts a start in the middle of a month whole at its end', () => {
    expect(ledger([subscription('2026-03-17', null)], '2026-02', '2026-04')).toEqual([
      [0, null, 0, 0],
      [0, 'new', 1_000, 1_000],
      [1_000, null, 0, 1_000],
    ]);
  });

  it('nets an upgrade and a downgrade in one month to one movement', () => {
    const subscriptions = [
      subscription('2026-01-01', '2026-03-09'),
      subscription('2026-03-10', '2026-03-19', { mrrMinor: 1_800 }),
      subscription('2026-03-20', null, { mrrMinor: 1_300 }),
    ];
    expect(ledger(subscriptions, '2026-03', '2026-04')).toEqual([
      [1_000, 'expansion', 300, 1_300],
      [1_300, null, 0, 1_300],
    ]);
  });

  it.each([
    ['of a day', '2026-04-02'],
    ['of 14 days', '2026-04-15'],
  ])('carries the MRR over a gap %s, as a late renewal', (_what, start) => {
    const subscriptions = [subscription('2025-04-01', '2026-03-31'), subscription(start, null, { mrrMinor: 1_200 })];
    expect(ledger(subscriptions, '2026-03', '2026-04')).toEqual([
      [1_000, null, 0, 1_000],
      [1_000, 'expansion', 200, 1_200],
    ]);
  });

  it('flags what is carried at a month end', () => {
    const subscriptions = [subscription('2025-03-26', '2026-03-25'), subscription('2026-04-03', null)];
    const months = monthlyLedger(subscriptions, asIs, {
      from: month('2026-03'),
      to: month('2026-04'),
      today: toDay('2026-06-01'),
    });
    expect(months.map(({ endMinor, lateRenewalMinor }) => [endMinor, lateRenewalMinor])).toEqual([
      [1_000, 1_000],
      [1_000, 0],
    ]);
  });

  it('takes a gap of 15 days over a month end as churn and return', () => {
    const subscriptions = [subscription('2025-04-01', '2026-03-25'), subscription('2026-04-10', null)];
    expect(ledger(subscriptions, '2026-03', '2026-04')).toEqual([
      [1_000, 'churn', -1_000, 0],
      [0, 'reactivation', 1_000, 1_000],
    ]);
  });

  it('shows no movement where a gap of 15 days lies between two month ends', () => {
    const subscriptions = [subscription('2025-04-01', '2026-03-31'), subscription('2026-04-16', null)];
    expect(withLateRenewals(subscriptions)).toHaveLength(2);
    expect(ledger(subscriptions, '2026-04', '2026-04')).toEqual([[1_000, null, 0, 1_000]]);
  });

  it('takes two months without as churn and reactivation', () => {
    const subscriptions = [subscription('2025-01-01', '2025-12-31'), subscription('2026-03-01', null)];
    expect(ledger(subscriptions, '2025-12', '2026-03')).toEqual([
      [1_000, null, 0, 1_000],
      [1_000, 'churn', -1_000, 0],
      [0, null, 0, 0],
      [0, 'reactivation', 1_000, 1_000],
    ]);
  });

  it('adds two overlapping subscriptions up: the second is expansion, its end contraction', () => {
    const subscriptions = [
      subscription('2026-01-01', null),
      subscription('2026-02-10', '2026-04-20', { mrrMinor: 500 }),
    ];
    expect(ledger(subscriptions, '2026-01', '2026-04')).toEqual([
      [0, 'new', 1_000, 1_000],
      [1_000, 'expansion', 500, 1_500],
      [1_500, null, 0, 1_500],
      [1_500, 'contraction', -500, 1_000],
    ]);
  });

  it('sees no movement in monthly and annual terms that follow each other', () => {
    const monthly = [
      subscription('2026-01-01', '2026-01-31'),
      subscription('2026-02-01', '2026-02-28'),
      subscription('2026-03-01', '2026-03-31'),
    ];
    const annual = subscription('2026-04-01', '2027-03-31');
    expect(ledger([...monthly, annual], '2026-02', '2026-05').map(([, movement]) => movement)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it('converts what moves at the rate of the month’s first day, and tells apart what other rates made', () => {
    const rates: ConvertAt = (amount, _currency, day) => Math.round(amount * (day < toDay('2026-03-15') ? 1.1 : 1.2));
    const subscriptions = [subscription('2026-01-01', null), subscription('2026-03-20', null, { mrrMinor: 500 })];
    const months = monthlyLedger(subscriptions, rates, {
      from: month('2026-03'),
      to: month('2026-04'),
      today: toDay('2026-06-01'),
    });
    expect(months.map((each) => [each.startMinor, each.movementMinor, each.endMinor, each.revaluationMinor])).toEqual([
      [1_100, 550, 1_650, 0],
      [1_800, 0, 1_800, 150],
    ]);
  });

  it('nets a change of currency: what is left is the difference in value', () => {
    const rates: ConvertAt = (amount, currency) => (currency === 'USD' ? Math.round(amount * 0.9) : amount);
    const subscriptions = [
      subscription('2025-07-01', '2026-06-30'),
      subscription('2026-07-01', null, { mrrMinor: 1_100, currency: 'USD' }),
    ];
    expect(ledger(subscriptions, '2026-07', '2026-07', rates)).toEqual([[1_000, 'contraction', -10, 990]]);
  });

  it('ends the month of today with today, and reads nothing that starts later', () => {
    const subscriptions = [subscription('2026-01-01', null), subscription('2026-03-20', null)];
    expect(ledger(subscriptions, '2026-03', '2026-05', asIs, '2026-03-19')).toEqual([[1_000, null, 0, 1_000]]);
  });

  it('counts money without a rate nowhere', () => {
    expect(ledger([subscription('2026-03-01', null)], '2026-03', '2026-03', () => null)).toEqual([[0, null, 0, 0]]);
  });
});

describe('laws of the ledger', () => {
  const anySubscription = fc
    .record({
      start: fc.integer({ min: 0, max: 900 }),
      length: fc.option(fc.integer({ min: 0, max: 500 }), { nil: null }),
      mrrMinor: fc.integer({ min: 0, max: 1_000_000 }),
      currency: fc.constantFrom('EUR', 'USD', 'JPY', null),
    })
    .map(({ start, length, mrrMinor, currency }): LedgerSubscription => {
      const from = addDays(toDay('2024-01-01'), start);
      return { start: from, end: length === null ? null : addDays(from, length), mrrMinor, currency };
    });
  const anyRate: ConvertAt = (amount, currency, day) =>
    currency === 'JPY' ? null : Math.round(amount * (currency === 'USD' ? 1 + (day % 7) / 10 : 1));
  const period = { from: month('2024-01'), to: month('2026-12'), today: toDay('2026-11-15') };

  it('start + movement = end in every month, and each month goes on where the last one ended', () => {
    fc.assert(
      fc.property(fc.array(anySubscription, { maxLength: 6 }), (subscriptions) => {
        let before: number | null = null;
        for (const each of monthlyLedger(subscriptions, anyRate, period)) {
          expect(each.startMinor + each.movementMinor).toBe(each.endMinor);
          if (before !== null) expect(before + each.revaluationMinor).toBe(each.startMinor);
          expect(each.movement === null).toBe(each.movementMinor === 0);
          expect(each.lateRenewalMinor).toBeLessThanOrEqual(each.endMinor);
          before = each.endMinor;
        }
      }),
    );
  });

  it('names each movement by its signs, and “new” once at most', () => {
    fc.assert(
      fc.property(fc.array(anySubscription, { maxLength: 6 }), (subscriptions) => {
        const months = monthlyLedger(subscriptions, asIs, period);
        for (const { movement, startMinor, endMinor } of months) {
          if (movement === 'churn') expect([startMinor > 0, endMinor]).toEqual([true, 0]);
          if (movement === 'new' || movement === 'reactivation') expect([startMinor, endMinor > 0]).toEqual([0, true]);
          if (movement === 'expansion') expect(endMinor).toBeGreaterThan(startMinor);
          if (movement === 'contraction') expect(endMinor).toBeLessThan(startMinor);
        }
        expect(months.filter(({ movement }) => movement === 'new').length).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('does not depend on the order of the subscriptions', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anySubscription, { maxLength: 5, selector: ({ start }) => start }),
        (subscriptions) => {
          expect(monthlyLedger([...subscriptions].reverse(), asIs, period)).toEqual(
            monthlyLedger(subscriptions, asIs, period),
          );
        },
      ),
    );
  });

  it('never carries a gap of more than 14 days', () => {
    fc.assert(
      fc.property(fc.array(anySubscription, { maxLength: 6 }), (subscriptions) => {
        for (const span of withLateRenewals(subscriptions)) {
          if (span.late && span.end !== null) expect(span.end - span.start + 1).toBeLessThanOrEqual(14);
        }
      }),
    );
  });
});

describe('retention over a period', () => {
  const accounts = [
    { startMinor: 1_000, endMinor: 1_500 },
    { startMinor: 500, endMinor: 400 },
    { startMinor: 500, endMinor: 0 },
    { startMinor: 0, endMinor: 900 },
  ];

  it('compares the accounts that paid at the start at both ends', () => {
    expect(grossRetention(accounts)).toBeCloseTo(1_400 / 2_000);
    expect(netRetention(accounts)).toBeCloseTo(1_900 / 2_000);
    expect(logoChurn(accounts)).toBeCloseTo(1 / 3);
  });

  it('takes an account’s MRR at both ends, at the rate of the first day', () => {
    const rates: ConvertAt = (amount, _currency, day) => (day < toDay('2026-06-01') ? amount : 2 * amount);
    const subscriptions = [
      subscription('2025-07-01', '2026-06-30'),
      subscription('2026-07-10', null, { mrrMinor: 800 }),
    ];
    const period = (from: string, to: string) => ({ from: toDay(from), to: toDay(to) });
    expect(bothEndsOf(subscriptions, rates, period('2026-01-01', '2026-12-31'))).toEqual({
      startMinor: 1_000,
      endMinor: 800,
    });
    // A late renewal that has not come by the period’s end is no renewal yet.
    expect(bothEndsOf(subscriptions, rates, period('2026-01-01', '2026-07-05')).endMinor).toBe(0);
    expect(bothEndsOf(subscriptions, rates, period('2025-07-01', '2026-06-30')).startMinor).toBe(0);
  });

  it('is unknown where nobody paid at the start', () => {
    const none = [{ startMinor: 0, endMinor: 5 }];
    expect([grossRetention(none), netRetention(none), logoChurn(none)]).toEqual([null, null, null]);
  });

  it('keeps gross at 1 at most and never above net', () => {
    const anyEnds = fc.record({ startMinor: fc.nat(1_000_000), endMinor: fc.nat(1_000_000) });
    fc.assert(
      fc.property(fc.array(anyEnds, { maxLength: 20 }), (cohort) => {
        const gross = grossRetention(cohort);
        if (gross === null) return;
        expect(gross).toBeLessThanOrEqual(1);
        expect(netRetention(cohort)).toBeGreaterThanOrEqual(gross);
      }),
    );
  });
});
