import fc from 'fast-check';
import { addDays, type Day, isoOf, isoOrNull, toDay } from '../calendar/day.js';
import { addMonths, dayOfMonth } from '../calendar/month.js';
import { type ContractTerm, contractEnds } from './contract-ends.js';
import { renewalDay } from './renewal-day.js';
import { renewalsOn } from './renewals.js';

const today = toDay('2026-04-15');

function term(start: string, end: string | null, overrides: Partial<ContractTerm> = {}): ContractTerm {
  const days = { start: toDay(start), end: end === null ? null : toDay(end) };
  return { ...days, autoRenew: false, termMonths: 12, ...overrides };
}

function due(
  terms: readonly ContractTerm[],
  { date = null, churnedOn = null, on = today }: { date?: string | null; churnedOn?: string | null; on?: Day } = {},
) {
  const account = {
    renewalDate: date === null ? null : toDay(date),
    churnedOn: churnedOn === null ? null : toDay(churnedOn),
  };
  return isoOrNull(renewalDay(terms, account, on));
}

const monthly = { autoRenew: true, termMonths: 1 };

describe('the renewal day', () => {
  it('is the earliest end of the active subscriptions, else the account’s renewal date', () => {
    expect(due([term('2025-01-01', '2026-12-31'), term('2025-01-01', '2026-06-30')], { date: '2027-01-01' })).toBe(
      '2026-06-30',
    );
    expect(due([term('2025-01-01', null)], { date: '2026-09-01' })).toBe('2026-09-01');
    expect(due([], { date: '2026-04-01' })).toBe('2026-04-01');
    expect(due([])).toBeNull();
  });

  it('stays on the newest end when all have ended: overdue', () => {
    expect(due([term('2024-01-01', '2024-12-31'), term('2025-01-01', '2026-03-31')])).toBe('2026-03-31');
    expect(due([term('2019-01-01', '2019-12-31')])).toBe('2019-12-31');
  });

  it('an auto-renewing subscription rolls by its term', () => {
    expect(due([term('2024-02-01', '2025-01-31', monthly)])).toBe('2026-04-30');
    expect(due([term('2024-02-01', '2025-01-31', { autoRenew: true })])).toBe('2027-01-31');
  });

  it('an auto-renewing subscription that another succeeded rolls no more', () => {
    const trial = term('2025-06-03', '2025-07-02', monthly);
    const year = term('2025-07-03', '2026-07-02');
    expect(due([trial, year])).toBe('2026-07-02');
    expect(due([year, trial])).toBe('2026-07-02');
    expect(due([trial, term('2025-07-17', '2026-07-16')])).toBe('2026-07-16');
  });

  it('a contract that ended days ago is due until something follows it or its 14 days are over', () => {
    const [ended, other] = [term('2025-04-11', '2026-04-10'), term('2025-01-01', '2026-12-31')];
    expect(due([ended, other])).toBe('2026-04-10');
    expect(due([ended, other], { on: toDay('2026-04-24') })).toBe('2026-04-10');
    expect(due([ended, other], { on: toDay('2026-04-25') })).toBe('2026-12-31');
    expect(due([ended, other, term('2026-04-14', '2027-04-13')])).toBe('2026-12-31');
  });

  it('is the account’s renewal date when that has moved on by four weeks past an end that nothing follows', () => {
    const ended = [term('2025-04-11', '2026-04-10')];
    expect(due(ended, { date: '2026-05-07' })).toBe('2026-04-10');
    expect(due(ended, { date: '2026-05-08' })).toBe('2026-05-08');
  });

  it('of an account that has churned is the end on which it was not renewed', () => {
    const rolling = [term('2025-11-03', '2025-12-02', monthly)];
    expect(due(rolling, { churnedOn: '2026-03-03' })).toBe('2026-03-02');
    expect(due(rolling, { churnedOn: '2026-03-04' })).toBe('2026-04-02');
    expect(due(rolling, { churnedOn: '2026-03-03', on: toDay('2026-03-01') })).toBe('2026-03-02');
    expect(due([term('2026-01-01', '2026-12-31')], { churnedOn: '2026-03-03' })).toBe('2026-12-31');
  });
});

const first = toDay('2024-01-01');
const anyTerm = fc
  .record({
    start: fc.integer({ min: 0, max: 700 }),
    length: fc.option(fc.integer({ min: 0, max: 500 }), { nil: null, freq: 10 }),
    termMonths: fc.constantFrom(null, 1, 12),
    autoRenew: fc.boolean(),
  })
  .map(({ start, length, ...rest }) => {
    const from = addDays(first, start);
    return { start: from, end: length === null ? null : addDays(from, length), mrrMinor: 1_000, ...rest };
  });
const anyDay = fc.integer({ min: 100, max: 900 }).map((day) => addDays(first, day));

describe('laws of contract ends', () => {
  it('the renewal day is the first renewal that is upcoming or overdue', () => {
    const anyDate = fc.option(anyDay, { nil: null });
    fc.assert(
      fc.property(fc.array(anyTerm, { maxLength: 6 }), anyDate, anyDay, (subscriptions, renewalDate, asOf) => {
        const told = renewalsOn(
          {
            status: 'customer',
            churnedOn: null,
            subscriptions,
            renewalDates: [{ from: first, value: renewalDate }],
            arr: [],
          },
          asOf,
        );
        const open = told.find(({ outcome }) => outcome === null);
        const found = renewalDay(subscriptions, { renewalDate, churnedOn: null }, asOf);
        expect(isoOrNull(found)).toBe(isoOrNull(open?.dueOn ?? renewalDate));
      }),
      { numRuns: 2_000 },
    );
  });

  it('of an account that has churned, whose subscriptions have ended, it is the last renewal that was lost', () => {
    fc.assert(
      fc.property(fc.array(anyTerm, { minLength: 1, maxLength: 6 }), anyDay, anyDay, (terms, churnedOn, asOf) => {
        const subscriptions = terms.filter(({ end }) => end !== null && end < asOf);
        if (churnedOn > asOf) return;
        const facts = { status: 'churned' as const, churnedOn, subscriptions, renewalDates: [], arr: [] };
        const lost = renewalsOn(facts, asOf).filter(({ outcome }) => outcome === 'lost');
        const found = renewalDay(subscriptions, { renewalDate: null, churnedOn }, asOf);
        if (found !== null) expect(lost.map(({ dueOn }) => isoOf(dueOn))).toContain(isoOf(found));
        else expect(lost).toEqual([]);
      }),
    );
  });

  it('the order in which subscriptions are told changes nothing', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyTerm, { maxLength: 6, selector: ({ start }) => start }), anyDay, (terms, asOf) => {
        expect(contractEnds([...terms].reverse(), asOf, null)).toEqual(contractEnds(terms, asOf, null));
      }),
    );
  });

  it('contracts of a month that begin on the 28th to 31st, one after the other, have each end once', () => {
    const anyChain = fc.record({
      anchor: fc.integer({ min: 28, max: 31 }),
      from: fc.integer({ min: 0, max: 24 }),
      length: fc.integer({ min: 1, max: 26 }),
      termMonths: fc.constantFrom(1, 3, 12),
      autoRenew: fc.boolean(),
    });
    fc.assert(
      fc.property(anyChain, ({ anchor, from, length, termMonths, autoRenew }) => {
        // December has all of these days.
        const origin = toDay(`2023-12-${anchor}`);
        const startOf = (place: number) => addMonths(origin, from + place * termMonths);
        const chain = Array.from({ length }, (_, place): ContractTerm => {
          return { start: startOf(place), end: addDays(startOf(place + 1), -1), termMonths, autoRenew };
        });
        const ends = contractEnds(chain, addDays(startOf(length), -1), null);
        const lastYears = chain.slice(-Math.floor(36 / termMonths)).map(({ end }) => isoOrNull(end));
        expect(ends.slice(-lastYears.length).map(({ dueOn }) => isoOf(dueOn))).toEqual(lastYears);
        expect(ends.map(({ ending }) => ending.length)).toEqual(ends.map(() => 1));
        expect(ends.slice(0, -1).every(({ goingOn }) => goingOn.length === 1)).toBe(true);
      }),
    );
  });

  it('what was changed on any other day of its term has no end there', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 800 }), fc.integer({ min: 0, max: 364 }), (day, length) => {
        const start = addDays(first, day);
        const next = addDays(start, length + 1);
        if (next >= addMonths(start, 12) || dayOfMonth(next) === dayOfMonth(start)) return;
        const before = { start, end: addDays(start, length), termMonths: 12, autoRenew: false };
        const after = { start: next, end: addDays(addMonths(start, 12), -1), termMonths: 12, autoRenew: false };
        expect(contractEnds([before, after], after.end, null).map(({ dueOn }) => dueOn)).toEqual([after.end]);
      }),
    );
  });
});
