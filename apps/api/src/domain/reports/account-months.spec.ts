import fc from 'fast-check';
import { type Day, toDay } from '../calendar/day.js';
import type { LedgerSubscription } from '../revenue/ledger.js';
import { type KnownMrr, monthsOfSubscriptions, monthsWithoutSubscriptions } from './account-months.js';
import { comparedPeriod, daysOf, isoMonth, monthOfIso, periodOf } from './period.js';
import { isInPart } from './revenue-part.js';
import { sumsSource } from './source.js';

const month = monthOfIso;
const same = (amount: number) => amount;
const paying = (mrrMinor: number | null): KnownMrr => ({ status: 'customer', mrrMinor });
const known = (...months: [string, KnownMrr][]) => new Map(months.map(([iso, mrr]) => [month(iso), mrr]));
const span = (from: string, to: string, today = '2026-04-30') => ({
  from: month(from),
  to: month(to),
  today: toDay(today),
});

describe('the months of an account with subscriptions', () => {
  const aSubscription = (start: string, end: string | null, mrrMinor = 100): LedgerSubscription => ({
    start: toDay(start),
    end: end === null ? null : toDay(end),
    mrrMinor,
    currency: null,
  });

  it('tell each its own movement, and where the year before began', () => {
    const subscriptions = [aSubscription('2025-02-10', null), aSubscription('2026-03-05', null, 40)];
    const still = { startMinor: 100, movement: null, endMinor: 100, yearEndMinor: 100 };
    expect(monthsOfSubscriptions(subscriptions, same, span('2026-01', '2026-03'))).toEqual([
      { month: month('2026-01'), ...still, yearStartMinor: 0 },
      { month: month('2026-02'), ...still, yearStartMinor: 100 },
      {
        month: month('2026-03'),
        startMinor: 100,
        movement: 'expansion',
        endMinor: 140,
        yearStartMinor: 100,
        yearEndMinor: 140,
      },
    ]);
  });

  it('end the year as they end the month, a late renewal over its end included', () => {
    const gap = [aSubscription('2025-01-01', '2026-03-25'), aSubscription('2026-04-05', null)];
    const [march] = monthsOfSubscriptions(gap, same, span('2026-03', '2026-03'));
    expect(march).toMatchObject({ endMinor: 100, yearEndMinor: 100, movement: null });
    const [unknown] = monthsOfSubscriptions(gap, same, span('2026-03', '2026-03', '2026-03-31'));
    expect(unknown).toMatchObject({ endMinor: 0, yearEndMinor: 0, movement: 'churn' });
  });

  it('reconcile in one currency: each end is the next start', () => {
    const day = fc.integer({ min: toDay('2024-01-01'), max: toDay('2026-04-30') }) as fc.Arbitrary<Day>;
    const subscription = fc.record({
      start: day,
      length: fc.integer({ min: 0, max: 500 }),
      mrrMinor: fc.integer({ min: 0, max: 500 }),
    });
    fc.assert(
      fc.property(fc.array(subscription, { maxLength: 5 }), (drawn) => {
        const subscriptions = drawn.map(({ start, length, mrrMinor }) => ({
          ...{ start, end: (start + length) as Day, mrrMinor, currency: null },
        }));
        const months = monthsOfSubscriptions(subscriptions, same, span('2024-01', '2026-04'));
        months.forEach((each, index) => {
          expect(each.movement === null).toBe(each.startMinor === each.endMinor);
          expect(each.yearEndMinor).toBe(each.endMinor);
          if (index > 0) expect(each.startMinor).toBe(months[index - 1]?.endMinor);
          if (index >= 12) expect(each.yearStartMinor).toBe(months[index - 12]?.endMinor);
        });
      }),
    );
  });
});

describe('the months of an account that never had a subscription', () => {
  it('follow its own figure while it is a customer', () => {
    const figures = known(
      ['2026-01', paying(100)],
      ['2026-02', paying(140)],
      ['2026-03', { status: 'churned', mrrMinor: 140 }],
      ['2026-04', paying(140)],
    );
    const told = monthsWithoutSubscriptions(figures, toDay('2025-01-01'), span('2026-02', '2026-04'));
    expect(told.map(({ startMinor, movement, endMinor }) => [startMinor, movement, endMinor])).toEqual([
      [100, 'expansion', 140],
      [140, 'churn', 0],
      [0, 'reactivation', 140],
    ]);
  });

  it('are not new because they were imported, but because they became customers', () => {
    const figures = known(['2026-03', paying(100)]);
    const [imported] = monthsWithoutSubscriptions(figures, null, span('2026-03', '2026-03'));
    expect(imported).toMatchObject({ startMinor: 100, movement: null, yearStartMinor: 100 });
    const [won] = monthsWithoutSubscriptions(figures, toDay('2026-03-09'), span('2026-03', '2026-03'));
    expect(won).toMatchObject({ startMinor: 0, movement: 'new', endMinor: 100, yearStartMinor: 0 });
  });

  it('tell nothing of months of which nothing is known', () => {
    expect(monthsWithoutSubscriptions(known(), null, span('2026-01', '2026-03'))).toEqual([]);
    expect(
      monthsWithoutSubscriptions(known(['2026-02', paying(null)]), null, span('2026-01', '2026-03')),
    ).toMatchObject([{ month: month('2026-02'), startMinor: 0, movement: null, endMinor: 0 }]);
  });
});

describe('the period of a report', () => {
  const today = toDay('2026-04-15');

  it('is the twelve months that end with the running one, if nobody says otherwise', () => {
    const { from, to } = periodOf({}, today);
    expect([isoMonth(from), isoMonth(to)]).toEqual(['2025-05', '2026-04']);
    expect(daysOf({ from, to }, today)).toEqual({ fromDay: toDay('2025-05-01'), toDay: today });
    expect(periodOf({ from: '2026-01', to: '2026-02' }, today)).toEqual({
      from: month('2026-01'),
      to: month('2026-02'),
    });
  });

  it('is compared with as many months before, or with the same of the year before', () => {
    const period = { from: month('2026-02'), to: month('2026-04') };
    const of = (comparison: 'before' | 'yearBefore') => {
      const { from, to } = comparedPeriod(period, comparison);
      return [isoMonth(from), isoMonth(to)];
    };
    expect(of('before')).toEqual(['2025-11', '2026-01']);
    expect(of('yearBefore')).toEqual(['2025-02', '2025-04']);
  });
});

describe('where sums are read from', () => {
  const all = { seesAll: true, hasOwner: false, hasSegment: false, hasRegionOrPlan: false, by: 'tier' } as const;

  it('is by owner for those who see some accounts only', () => {
    expect(sumsSource({ ...all, seesAll: false })).toBe('owners');
    expect(sumsSource({ ...all, seesAll: false, by: 'region' })).toBe('accounts');
    expect(sumsSource({ ...all, seesAll: false, hasSegment: true })).toBe('accounts');
  });

  it.each([
    [{}, 'stage'],
    [{ by: 'whole' }, 'stage'],
    [{ hasRegionOrPlan: true }, 'market'],
    [{ by: 'region' }, 'market'],
    [{ by: 'csm' }, 'owners'],
    [{ hasOwner: true }, 'owners'],
    [{ hasOwner: true, hasRegionOrPlan: true }, 'accounts'],
    [{ by: 'segment' }, 'accounts'],
    [{ hasSegment: true, hasRegionOrPlan: true }, 'accounts'],
  ] as const)('with %j is %s', (asked, source) => {
    expect(sumsSource({ ...all, ...asked })).toBe(source);
  });
});

describe('the parts of a period’s revenue', () => {
  it('take each account that paid at the start exactly once', () => {
    const minor = fc.integer({ min: -3, max: 3 });
    fc.assert(
      fc.property(minor, minor, (startMinor, endMinor) => {
        const row = { startMinor, endMinor, movement: null };
        const parts = (['lost', 'shrunk', 'same', 'grown'] as const).filter((part) => isInPart(part, row));
        return parts.length === (isInPart('start', row) ? 1 : 0);
      }),
    );
  });

  it('take movements by their name', () => {
    const row = { startMinor: 5, endMinor: 0, movement: 'churn' as const };
    expect([isInPart('churn', row), isInPart('new', row), isInPart('lost', row)]).toEqual([true, false, true]);
  });
});
