import fc from 'fast-check';
import { type Day, toDay } from '../calendar/day.js';
import { aProfile, compile } from '../health/profile.factory.js';
import { arrOf, byArr, EffectTally, type Standing } from './draft-effect.js';
import { MeasureTally } from './draft-measures.js';
import { testableMonths } from './month-ends.js';
import { downgradeWithin, firstWithin } from './outcomes.js';
import { withDraft } from './place-draft.js';
import { partsOf } from './rates-of.js';

const at = (iso: string): Day => toDay(iso);

describe('the place of a draft', () => {
  const published = [
    { profileId: 'a', isDefault: false },
    { profileId: 'b', isDefault: false },
    { profileId: 'default', isDefault: true },
  ];
  const order = (profileId: string | null, position: number | null) => {
    const { profiles, place } = withDraft<any, any>(published, { profileId: 'draft' }, { profileId, position });
    return [profiles.map((profile) => profile.profileId).join(' '), place];
  };

  it('is that of the profile it replaces, or first where it is new', () => {
    expect(order('b', null)).toEqual(['a draft default', 1]);
    expect(order(null, null)).toEqual(['draft a b default', 0]);
  });

  it('is the one asked for, before the default', () => {
    expect(order('a', 1)).toEqual(['b draft default', 1]);
    expect(order(null, 99)).toEqual(['a b draft default', 2]);
    expect(order('default', 0)).toEqual(['a b draft', 2]);
  });
});

describe('month-ends that can be tested', () => {
  const today = at('2026-04-15');
  const all = new Set(['2025-11-30', '2025-12-31', '2026-01-31', '2026-02-28', '2026-03-31'].map(at));
  const days = (asked: object) => {
    const found = testableMonths(
      { from: null, to: null, horizonDays: 60, usual: 12, ...asked },
      { today, withSnapshots: all },
    );
    return { days: found.days.length, first: found.days[0], last: found.days.at(-1), leftOut: found.leftOut };
  };

  it('are those whose horizon is over, from the first with snapshots on', () => {
    expect(days({})).toEqual({ days: 3, first: at('2025-11-30'), last: at('2026-01-31'), leftOut: [] });
    expect(days({ usual: 2 })).toMatchObject({ days: 2, first: at('2025-12-31') });
  });

  it('begin the day after the horizon has ended', () => {
    const of = (iso: string) =>
      testableMonths({ from: null, to: null, horizonDays: 90, usual: 1 }, { today: at(iso), withSnapshots: all }).days;
    // 90 days after 31 January end on 1 May.
    expect(of('2026-05-01')).toEqual([at('2025-12-31')]);
    expect(of('2026-05-02')).toEqual([at('2026-01-31')]);
  });

  it('name those that were asked for and cannot be tested', () => {
    expect(days({ from: '2025-10', to: '2026-03' })).toMatchObject({
      days: 3,
      leftOut: [
        { day: '2025-10-31', why: 'no_snapshots' },
        { day: '2026-02-28', why: 'horizon' },
        { day: '2026-03-31', why: 'horizon' },
      ],
    });
    expect(
      testableMonths({ from: null, to: null, horizonDays: 90, usual: 12 }, { today, withSnapshots: new Set() }).days,
    ).toEqual([]);
  });
});

describe('what came after a day', () => {
  const convert = (amount: number) => amount;
  const term = (start: string, end: string | null, mrrMinor: number) => ({
    start: at(start),
    end: end === null ? null : at(end),
    mrrMinor,
    currency: null,
  });
  const downgrade = (...subscriptions: ReturnType<typeof term>[]) =>
    downgradeWithin(subscriptions, convert, { day: at('2026-01-31'), horizonDays: 90 });

  it('is the first churn after it and within the horizon', () => {
    const days = [at('2026-01-31'), at('2026-03-01'), at('2026-04-01')];
    expect(firstWithin(days, at('2026-01-31'), 90)).toBe(at('2026-03-01'));
    expect(firstWithin(days, at('2026-01-31'), 28)).toBeNull();
    expect(firstWithin(days, at('2026-04-01'), 90)).toBeNull();
  });

  it('is a downgrade from the day on which less was paid', () => {
    expect(downgrade(term('2025-01-01', '2026-02-28', 100), term('2026-03-01', null, 60))).toBe(at('2026-03-01'));
    expect(downgrade(term('2025-01-01', '2026-02-28', 100))).toBe(at('2026-03-01'));
  });

  it('is none where as much or more is paid at the end, gaps of a late renewal included, or nothing was paid before', () => {
    expect(downgrade(term('2025-01-01', '2026-02-28', 100), term('2026-03-10', null, 100))).toBeNull();
    expect(downgrade(term('2025-01-01', '2026-02-28', 100), term('2026-03-01', null, 160))).toBeNull();
    expect(downgrade(term('2026-02-10', '2026-03-10', 100))).toBeNull();
    expect(downgrade()).toBeNull();
  });
});

describe('parts of about the same size', () => {
  it('hold everything once, equal points together, whatever the points', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1, max: 30 }), { maxLength: 200 }), (list) => {
        const parts = partsOf(Int16Array.from(list), 10);
        expect(parts.length).toBeLessThanOrEqual(10);
        for (const points of list) {
          const holding = parts.filter(({ from, to }) => points >= from && points <= to).length;
          expect(holding).toBe(points === -1 ? 0 : 1);
        }
      }),
    );
  });

  it('are tenths where all differ', () => {
    const parts = partsOf(
      Int16Array.from({ length: 100 }, (_, place) => place),
      10,
    );
    expect(parts.map(({ from, to }) => to - from + 1)).toEqual(new Array(10).fill(10));
  });
});

describe('the effect of a draft', () => {
  const standing = fc
    .record({
      score: fc.option(fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100)),
      coverage: fc.option(fc.integer({ min: 0, max: 100 })),
    })
    .map(({ score, coverage }): Standing => {
      const band = score === null ? 'unknown' : score < 31 ? 'at_risk' : score < 71 ? 'watch' : 'healthy';
      return { profile: 0, score, band, coverage };
    });
  const accounts = fc.array(fc.record({ arrMinor: fc.option(fc.nat()), before: standing, after: standing }), {
    maxLength: 60,
  });

  it('adds up: steps, bands and pairs hold every account once on each side', () => {
    fc.assert(
      fc.property(accounts, (list) => {
        const tally = new EffectTally();
        list.forEach((each, index) => {
          tally.take({ accountId: String(index), ...each }, true);
        });
        const { figures } = tally;
        const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
        expect(sum(figures.moves.map((move) => move.accounts))).toBe(list.length);
        for (const side of ['before', 'after'] as const) {
          expect(sum(figures.bands.map((band) => band[side].accounts))).toBe(list.length);
          expect(sum(figures.histogram.map((step) => step[side]))).toBe(figures[side].scored);
          expect(figures[side].scored + figures[side].unknown).toBe(list.length);
          expect(figures[side].mean === null).toBe(figures[side].scored === 0);
        }
        const arr = sum(list.map(({ arrMinor }) => arrMinor ?? 0));
        expect(sum(figures.moves.map(({ arrMinor }) => arrMinor ?? 0))).toBe(arr);
        expect(tally.changed.every(({ before, after }) => before.band !== after.band)).toBe(true);
      }),
    );
  });

  it('lists the largest ARR first, unknown ARR last', () => {
    const account = (accountId: string, arrMinor: number | null) => ({ accountId, arrMinor }) as never;
    const sorted = [account('b', 5), account('c', null), account('a', 5), account('d', 9)].sort(byArr as never);
    expect(sorted.map(({ accountId }: any) => accountId)).toEqual(['d', 'a', 'b', 'c']);
    expect(arrOf([{ arrMinor: null }])).toBeNull();
    expect(arrOf([{ arrMinor: null }, { arrMinor: 5 }])).toBe(5);
  });
});

describe('what measures tell of the accounts of a draft', () => {
  const profile = compile(
    aProfile({ one: [1, { 's.a': 1, 's.b': 1, 's.c': 1 }], two: [1, { 's.d': 1, 's.e': 1, 'no.such': 1 }] }),
  );
  const tally = new MeasureTally(profile);
  for (const values of [
    [10, 50, null, 200, null, null],
    [20, 50, null, 300, null, null],
    [30, 50, null, 400, 7, null],
  ])
    tally.take(values);
  const figures = tally.figures({
    labelOf: (signal) => (signal === 'no.such' ? null : signal),
    isConnected: (signal) => signal !== 's.e',
  });

  it('is named: varying, constant, missing, without difference in points, not connected, unknown', () => {
    expect(figures.scored).toBe(3);
    expect(figures.measures.map(({ state }) => state)).toEqual([
      'varies',
      'constant',
      'missing',
      'clamped',
      'not_connected',
      'unknown_signal',
    ]);
    expect(figures.measures[0]).toMatchObject({ min: 10, max: 30, meanNormalized: 20, remark: null });
    expect(figures.measures[1]!.remark).toContain('have the same, 50');
  });
});
