import fc from 'fast-check';
import { addDays, type Day, isoOf, isoOrNull, toDay } from '../calendar/day.js';
import type { RenewalFacts, RenewalSubscription } from './facts.js';
import { type KeptRenewal, keepRenewals } from './keep.js';
import { nextDayOfRenewals, renewalsOn, type ToldRenewal } from './renewals.js';

function subscription(start: string, end: string | null, overrides: Partial<RenewalSubscription> = {}) {
  return {
    start: toDay(start),
    end: end === null ? null : toDay(end),
    mrrMinor: 1_000,
    termMonths: 12,
    autoRenew: false,
    ...overrides,
  };
}

function facts(subscriptions: RenewalSubscription[], overrides: Partial<RenewalFacts> = {}): RenewalFacts {
  return { status: 'customer', churnedOn: null, subscriptions, renewalDates: [], arr: [], ...overrides };
}

/** due, amount, outcome, day of it, renewed */
const shown = (told: readonly ToldRenewal[]) =>
  told.map((each) => [
    isoOf(each.dueOn),
    each.amountMinor,
    each.outcome,
    isoOrNull(each.outcomeDay),
    each.renewedMinor,
  ]);
const on = (of: RenewalFacts, day: string) => shown(renewalsOn(of, toDay(day)));

const year = subscription('2025-04-01', '2026-03-31');

describe('a contract', () => {
  it('is due on its last day, for twelve times its MRR; overdue the day after', () => {
    expect(on(facts([year]), '2026-03-31')).toEqual([['2026-03-31', 12_000, null, null, null]]);
    expect(on(facts([year]), '2026-04-10')).toEqual([['2026-03-31', 12_000, null, null, null]]);
  });

  it.each([
    ['for as much', 1_000, 'renewed', 12_000],
    ['for more', 1_500, 'renewed', 18_000],
    ['smaller', 600, 'renewedSmaller', 7_200],
    ['for nothing', 0, 'lost', 0],
  ])('that the next one follows %s within 14 days is %s…', (_what, mrrMinor, outcome, renewed) => {
    const next = subscription('2026-04-15', '2027-03-31', { mrrMinor });
    expect(on(facts([year, next]), '2026-04-14')).toEqual([['2026-03-31', 12_000, null, null, null]]);
    expect(on(facts([year, next]), '2026-04-15')[0]).toEqual(['2026-03-31', 12_000, outcome, '2026-04-15', renewed]);
  });

  it('is overdue, not renewed, when the next one comes after 15 days: then it was lost', () => {
    const next = subscription('2026-04-16', '2027-03-31');
    expect(on(facts([year, next]), '2026-04-15')[0]).toEqual(['2026-03-31', 12_000, null, null, null]);
    expect(on(facts([year, next]), '2026-04-16')[0]).toEqual(['2026-03-31', 12_000, 'lost', '2026-04-15', 0]);
  });

  it('adds up what follows it', () => {
    const parts = [
      subscription('2026-04-01', '2027-03-31', { mrrMinor: 400 }),
      subscription('2026-04-05', '2027-03-31', { mrrMinor: 600 }),
    ];
    expect(on(facts([year, ...parts]), '2026-04-02')[0]).toEqual([
      '2026-03-31',
      12_000,
      'renewedSmaller',
      '2026-04-01',
      4_800,
    ]);
    expect(on(facts([year, ...parts]), '2026-04-05')[0]).toEqual([
      '2026-03-31',
      12_000,
      'renewed',
      '2026-04-05',
      12_000,
    ]);
  });

  it('is renewed by what began before its end', () => {
    const next = subscription('2026-03-01', '2027-02-28', { mrrMinor: 1_200 });
    expect(on(facts([year, next]), '2026-03-31')[0]?.[2]).toBeNull();
    expect(on(facts([year, next]), '2026-04-01')[0]).toEqual(['2026-03-31', 12_000, 'renewed', '2026-04-01', 14_400]);
  });

  it('is lost on the day the customer churned, whether that was before or after', () => {
    const churned = (churnedOn: string) => facts([year], { status: 'churned', churnedOn: toDay(churnedOn) });
    expect(on(churned('2026-02-10'), '2026-03-01')).toEqual([['2026-03-31', 12_000, 'lost', '2026-02-10', 0]]);
    expect(on(churned('2026-05-10'), '2026-06-01')).toEqual([['2026-03-31', 12_000, 'lost', '2026-05-10', 0]]);
  });

  it('is renewed at once where nothing else runs and the account’s renewal date has moved on', () => {
    const moved = facts([year], { renewalDates: [{ from: toDay('2026-03-20'), value: toDay('2027-03-31') }] });
    expect(on(moved, '2026-04-01')).toEqual([['2026-03-31', 12_000, 'renewed', '2026-04-01', null]]);
  });

  it('changed in the middle of its term has no renewal there', () => {
    const before = subscription('2025-04-01', '2025-08-14');
    const after = subscription('2025-08-15', '2026-03-31', { mrrMinor: 1_500 });
    expect(on(facts([before, after]), '2026-01-01')).toEqual([['2026-03-31', 18_000, null, null, null]]);
  });

  it('whose MRR is not known is renewed for an amount that is not known', () => {
    const next = subscription('2026-04-01', '2027-03-31', { mrrMinor: null });
    expect(on(facts([year, next]), '2026-04-01')[0]).toEqual(['2026-03-31', 12_000, 'renewed', '2026-04-01', null]);
  });
});

describe('several subscriptions', () => {
  const main = subscription('2025-07-01', '2026-06-30');
  const extra = subscription('2026-01-01', '2026-12-31', { mrrMinor: 500 });

  it('are due one by one, those of a day together', () => {
    const same = subscription('2026-02-01', '2026-06-30', { mrrMinor: 200, termMonths: 5 });
    expect(on(facts([main, extra, same]), '2026-04-15')).toEqual([
      ['2026-06-30', 14_400, null, null, null],
      ['2026-12-31', 6_000, null, null, null],
    ]);
  });

  it('renew in part: what nothing follows is lost after 14 days, the other goes on', () => {
    expect(on(facts([main, extra]), '2026-07-14')[0]).toEqual(['2026-06-30', 12_000, null, null, null]);
    expect(on(facts([main, extra]), '2026-07-15')).toEqual([
      ['2026-06-30', 12_000, 'lost', '2026-07-15', 0],
      ['2026-12-31', 6_000, null, null, null],
    ]);
  });

  it('leave lost what was lost while others went on, also when these have ended', () => {
    expect(on(facts([main, extra]), '2027-02-01')).toEqual([
      ['2026-06-30', 12_000, 'lost', '2026-07-15', 0],
      ['2026-12-31', 6_000, null, null, null],
    ]);
  });

  it('go on where one rolls by its term', () => {
    const rolling = subscription('2025-01-01', '2025-12-31', { autoRenew: true });
    expect(on(facts([main, rolling]), '2026-07-16')).toContainEqual(['2026-06-30', 12_000, 'lost', '2026-07-15', 0]);
  });

  it('that end days apart are each followed by their own', () => {
    const second = subscription('2025-07-05', '2026-07-04', { mrrMinor: 700 });
    const next = [
      subscription('2026-07-01', '2027-06-30', { mrrMinor: 900 }),
      subscription('2026-07-05', '2027-07-04', { mrrMinor: 700 }),
    ];
    expect(on(facts([main, second, ...next]), '2026-08-01').slice(0, 2)).toEqual([
      ['2026-06-30', 12_000, 'renewedSmaller', '2026-07-01', 10_800],
      ['2026-07-04', 8_400, 'renewed', '2026-07-05', 8_400],
    ]);
  });
});

describe('an auto-renewing contract', () => {
  const rolling = subscription('2024-05-01', '2025-04-30', { autoRenew: true });

  it('rolls by its term', () => {
    expect(on(facts([rolling]), '2026-04-15')).toEqual([
      ['2025-04-30', 12_000, 'renewed', '2025-05-01', 12_000],
      ['2026-04-30', 12_000, null, null, null],
    ]);
  });

  it('ends like any other where something follows it', () => {
    const next = subscription('2025-05-01', '2026-04-30', { mrrMinor: 800 });
    expect(on(facts([rolling, next]), '2026-04-15')).toEqual([
      ['2025-04-30', 12_000, 'renewedSmaller', '2025-05-01', 9_600],
      ['2026-04-30', 9_600, null, null, null],
    ]);
  });

  it('rolls no further than the churn', () => {
    const churned = facts([rolling], { status: 'churned', churnedOn: toDay('2025-12-01') });
    expect(on(churned, '2026-08-15')).toEqual([
      ['2025-04-30', 12_000, 'renewed', '2025-05-01', 12_000],
      ['2026-04-30', 12_000, 'lost', '2025-12-01', 0],
    ]);
  });

  it('was not renewed where the customer churned on the day after its end', () => {
    const churned = (churnedOn: string) => facts([rolling], { status: 'churned', churnedOn: toDay(churnedOn) });
    expect(on(churned('2025-05-01'), '2025-05-20')).toEqual([['2025-04-30', 12_000, 'lost', '2025-05-01', 0]]);
    expect(on(churned('2025-05-01'), '2025-05-01')).toEqual([['2025-04-30', 12_000, 'lost', '2025-05-01', 0]]);
    expect(on(churned('2025-05-02'), '2025-05-20')).toEqual([
      ['2025-04-30', 12_000, 'renewed', '2025-05-01', 12_000],
      ['2026-04-30', 12_000, 'lost', '2025-05-02', 0],
    ]);
  });

  it('of a month that begins on one of its last days ends once in February, too', () => {
    const month = (start: string, end: string) => subscription(start, end, { termMonths: 1, autoRenew: true });
    const chain = [
      month('2025-12-30', '2026-01-29'),
      month('2026-01-30', '2026-02-27'),
      month('2026-02-28', '2026-03-29'),
      month('2026-03-30', '2026-04-29'),
    ];
    expect(on(facts(chain), '2026-04-15')).toEqual([
      ['2026-01-29', 12_000, 'renewed', '2026-01-30', 12_000],
      ['2026-02-27', 12_000, 'renewed', '2026-02-28', 12_000],
      ['2026-03-29', 12_000, 'renewed', '2026-03-30', 12_000],
      ['2026-04-29', 12_000, null, null, null],
    ]);
  });
});

describe('an account with a renewal date of its own', () => {
  const dates = (...values: [string, string | null][]) =>
    values.map(([from, value]) => ({ from: toDay(from), value: value === null ? null : toDay(value) }));
  const arr = (...values: [string, number | null][]) => values.map(([from, value]) => ({ from: toDay(from), value }));
  const dated = (renewalDates: RenewalFacts['renewalDates'], amounts = arr(['2025-01-01', 5_000])) =>
    facts([], { renewalDates, arr: amounts });

  it('is due on it, for its ARR', () => {
    expect(on(dated(dates(['2025-05-01', '2026-04-30'])), '2026-04-15')).toEqual([
      ['2026-04-30', 5_000, null, null, null],
    ]);
    expect(on(dated(dates(['2025-05-01', '2026-04-30'])), '2026-05-15')).toEqual([
      ['2026-04-30', 5_000, null, null, null],
    ]);
  });

  it('was renewed when the date moved on, smaller where the ARR fell', () => {
    const moved = dates(['2025-05-01', '2026-04-30'], ['2026-04-20', '2027-04-30']);
    expect(on(dated(moved), '2026-05-30')).toEqual([
      ['2026-04-30', 5_000, 'renewed', '2026-04-20', 5_000],
      ['2027-04-30', 5_000, null, null, null],
    ]);
    expect(on(dated(moved, arr(['2025-01-01', 5_000], ['2026-04-20', 4_000])), '2026-05-30')[0]).toEqual([
      '2026-04-30',
      5_000,
      'renewedSmaller',
      '2026-04-20',
      4_000,
    ]);
    expect(on(dated(moved), '2026-04-19')).toEqual([['2026-04-30', 5_000, null, null, null]]);
  });

  it('was corrected where the date moved by less than four weeks, back, or long before', () => {
    const one = [['2026-05-20', 5_000, null, null, null]];
    expect(on(dated(dates(['2025-05-01', '2026-04-30'], ['2026-04-20', '2026-05-20'])), '2026-04-25')).toEqual(one);
    expect(on(dated(dates(['2025-05-01', '2026-08-30'], ['2026-04-20', '2026-05-20'])), '2026-04-25')).toEqual(one);
    expect(on(dated(dates(['2025-05-01', '2026-01-30'], ['2025-06-20', '2026-05-20'])), '2026-04-25')).toEqual(one);
  });

  it('was renewed once where its date was moved on, set back and moved on again', () => {
    const moved = dates(
      ['2025-05-01', '2026-04-30'],
      ['2026-04-10', '2027-04-30'],
      ['2026-04-11', '2026-04-30'],
      ['2026-04-12', '2027-04-30'],
    );
    expect(on(dated(moved), '2026-04-15')).toEqual([
      ['2026-04-30', 5_000, 'renewed', '2026-04-12', 5_000],
      ['2027-04-30', 5_000, null, null, null],
    ]);
  });

  it('has none when the date was taken away before it came, and is lost when it churns', () => {
    expect(on(dated(dates(['2025-05-01', '2026-04-30'], ['2026-01-01', null])), '2026-04-15')).toEqual([]);
    const churned = {
      ...dated(dates(['2025-05-01', '2026-04-30'])),
      status: 'churned' as const,
      churnedOn: toDay('2026-04-01'),
    };
    expect(on(churned, '2026-04-15')).toEqual([['2026-04-30', 5_000, 'lost', '2026-04-01', 0]]);
  });

  it('counts where subscriptions have no end', () => {
    const open = facts([subscription('2024-01-01', null)], { renewalDates: dates(['2025-05-01', '2026-04-30']) });
    expect(on(open, '2026-04-15')).toEqual([['2026-04-30', 12_000, null, null, null]]);
  });

  it('tells that a contract went on whose successor nobody has delivered', () => {
    const moved = facts([year], { renewalDates: dates(['2026-04-20', '2027-03-31']) });
    expect(on(moved, '2026-04-21')[0]).toEqual(['2026-03-31', 12_000, 'renewed', '2026-04-20', null]);
  });

  it.each(['prospect', 'trial'] as const)('has no renewal as long as it is a %s', (status) => {
    expect(on({ ...dated(dates(['2025-05-01', '2026-04-30'])), status }, '2026-04-15')).toEqual([]);
  });
});

describe('what is kept', () => {
  const today = toDay('2026-04-15');
  const kept = (due: string, overrides: Partial<KeptRenewal> = {}): KeptRenewal => ({
    dueOn: toDay(due),
    amountMinor: 12_000,
    outcome: null,
    outcomeDay: null,
    renewedMinor: null,
    byPerson: false,
    ...overrides,
  });
  const told = ({ byPerson: _, ...renewal }: KeptRenewal): ToldRenewal => renewal;

  it('was renewed when its subscription was extended in place', () => {
    const changes = keepRenewals([kept('2026-03-31')], [told(kept('2027-03-31', { amountMinor: 9_000 }))], today);
    expect(shown(changes.put)).toEqual([
      ['2026-03-31', 12_000, 'renewedSmaller', '2026-04-15', 9_000],
      ['2027-03-31', 9_000, null, null, null],
    ]);
    expect([changes.move, changes.remove]).toEqual([[], []]);
  });

  it('moves with its forecast when the day was corrected', () => {
    const changes = keepRenewals([kept('2026-05-31')], [told(kept('2026-06-15'))], today);
    expect(changes).toMatchObject({
      move: [{ from: toDay('2026-05-31'), to: toDay('2026-06-15') }],
      remove: [toDay('2026-05-31')],
    });
  });

  it('goes back to its day when what ended turns out to have been changed in the middle of its term', () => {
    const cut = kept('2026-04-10');
    const whole = told(kept('2026-08-31', { amountMinor: 18_000 }));
    const changes = keepRenewals([cut], [whole], today, new Set([toDay('2026-04-10')]));
    expect(shown(changes.put)).toEqual([['2026-08-31', 18_000, null, null, null]]);
    expect(changes).toMatchObject({ move: [{ from: cut.dueOn, to: whole.dueOn }], remove: [cut.dueOn] });
  });

  it('leaves what a person said alone, and what it said of contracts that were replaced since', () => {
    const said = kept('2026-03-31', { outcome: 'lost', outcomeDay: today, renewedMinor: 0, byPerson: true });
    const past = kept('2025-03-31', { outcome: 'renewed', outcomeDay: toDay('2025-04-01'), renewedMinor: 12_000 });
    const changes = keepRenewals([said, past], [told(kept('2026-03-31'))], today);
    expect(changes).toEqual({ put: [], move: [], remove: [] });
  });

  it('keeps the amount of a day that has passed, whatever the rates', () => {
    const changes = keepRenewals([kept('2026-03-31')], [told(kept('2026-03-31', { amountMinor: 12_345 }))], today);
    expect(changes.put).toEqual([]);
    const ahead = keepRenewals([kept('2026-05-31')], [told(kept('2026-05-31', { amountMinor: 12_345 }))], today);
    expect(shown(ahead.put)).toEqual([['2026-05-31', 12_345, null, null, null]]);
  });
});

describe('laws of renewals', () => {
  const first = toDay('2024-01-01');
  const anySubscription = fc
    .record({
      start: fc.integer({ min: 0, max: 700 }),
      length: fc.option(fc.integer({ min: 0, max: 500 }), { nil: null }),
      mrrMinor: fc.option(fc.integer({ min: 0, max: 5_000 }), { nil: null }),
      termMonths: fc.constantFrom(null, 1, 12),
      autoRenew: fc.boolean(),
    })
    .map(({ start, length, ...rest }): RenewalSubscription => {
      const from = addDays(first, start);
      return { start: from, end: length === null ? null : addDays(from, length), ...rest };
    });
  const anyVersions = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 800 }), fc.option(fc.integer({ min: 0, max: 1_200 }), { nil: null })), {
      maxLength: 4,
    })
    .map((pairs) =>
      pairs
        .sort(([a], [b]) => a - b)
        .map(([from, value]) => ({ from: addDays(first, from), value: value === null ? null : addDays(first, value) })),
    );
  const anyFacts = fc.record({
    status: fc.constantFrom('customer' as const, 'churned' as const),
    churnedOn: fc.integer({ min: 0, max: 900 }).map((day) => addDays(first, day) as Day | null),
    subscriptions: fc.array(anySubscription, { maxLength: 5 }),
    renewalDates: anyVersions,
    arr: fc.constant([]),
  });
  const anyDay = fc.integer({ min: 300, max: 900 }).map((day) => addDays(first, day));
  const asKept = (told: readonly ToldRenewal[]): KeptRenewal[] => told.map((each) => ({ ...each, byPerson: false }));

  it('one a due date; an outcome has its day; an amount goes on only where something is renewed', () => {
    fc.assert(
      fc.property(anyFacts, anyDay, (of, asOf) => {
        const told = renewalsOn(of, asOf);
        expect(new Set(told.map(({ dueOn }) => dueOn)).size).toBe(told.length);
        for (const { outcome, outcomeDay, renewedMinor, dueOn } of told) {
          expect(outcome === null).toBe(outcomeDay === null);
          if (outcome === null) expect(renewedMinor).toBeNull();
          if (outcome === 'lost') expect(renewedMinor).toBe(0);
          if (dueOn < asOf && of.status === 'churned') expect(outcome).not.toBeNull();
        }
      }),
    );
  });

  it('nothing dated later is read', () => {
    fc.assert(
      fc.property(anyFacts, anyDay, anySubscription, (of, asOf, later) => {
        const future = { ...later, start: addDays(asOf, 1) };
        expect(renewalsOn({ ...of, subscriptions: [...of.subscriptions, future] }, asOf)).toEqual(renewalsOn(of, asOf));
      }),
    );
  });

  it('keeping twice changes nothing the second time', () => {
    fc.assert(
      fc.property(anyFacts, anyDay, fc.nat(400), (of, asOf, before) => {
        const kept = asKept(renewalsOn(of, addDays(asOf, -before)));
        const told = renewalsOn(of, asOf);
        const { put, remove } = keepRenewals(kept, told, asOf);
        const rows = new Map(kept.map((each) => [each.dueOn, each]));
        for (const day of remove) rows.delete(day);
        for (const each of asKept(put)) rows.set(each.dueOn, each);
        expect(keepRenewals([...rows.values()], told, asOf)).toEqual({ put: [], move: [], remove: [] });
      }),
    );
  });

  it('nothing changes before the day that is told', () => {
    fc.assert(
      fc.property(anyFacts, anyDay, fc.nat(60), (of, asOf, days) => {
        const told = renewalsOn(of, asOf);
        const next = nextDayOfRenewals(of, told, asOf);
        const day = addDays(asOf, days);
        if (next !== null && day >= next) return;
        const changed = keepRenewals(asKept(told), renewalsOn(of, day), day).put.filter(
          ({ dueOn }) => dueOn >= day - 1_000,
        );
        expect(changed).toEqual([]);
      }),
    );
  });
});
