import fc from 'fast-check';
import { tQuantile, welchDifference, wilsonInterval } from './effect.js';
import { cautionsOf, type EffectFacts, type GroupFacts } from './effect-cautions.js';

const rounded = (interval: readonly number[] | null | undefined, digits = 3) =>
  interval?.map((each) => Number(each.toFixed(digits))) ?? null;

describe('the interval of a success rate', () => {
  // Worked by hand, and as statistics packages answer.
  it.each([
    [8, 10, [0.49, 0.943]],
    [0, 10, [0, 0.278]],
    [10, 10, [0.722, 1]],
    [1, 1, [0.207, 1]],
    [60, 100, [0.502, 0.691]],
  ])('of %i in %i', (successes, of, expected) => {
    expect(rounded(wilsonInterval(successes, of))).toEqual(expected);
  });

  it('is none without a goal that ended', () => expect(wilsonInterval(0, 0)).toBeNull());

  it('holds the share, stays within 0 and 1, and narrows with more of the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0, max: 1, noNaN: true }), (of, part) => {
        const successes = Math.round(of * part);
        const [low, high] = wilsonInterval(successes, of) ?? [Number.NaN, Number.NaN];
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(successes / of + 1e-12);
        expect(high).toBeGreaterThanOrEqual(successes / of - 1e-12);
        const [lowOfMore, highOfMore] = wilsonInterval(successes * 10, of * 10) ?? [Number.NaN, Number.NaN];
        expect(highOfMore - lowOfMore).toBeLessThan(high - low);
      }),
    );
  });
});

describe('the difference of two groups', () => {
  it('has its interval by Welch', () => {
    // 2 ± t(18)·√0.8 = 2 ± 2.101·0.894.
    const alike = welchDifference({ n: 10, mean: 5, variance: 4 }, { n: 10, mean: 3, variance: 4 });
    expect(alike?.points).toBe(2);
    expect(rounded(alike?.interval)).toEqual([0.121, 3.879]);
    // Variances apart: 36/9 + 4/20 = 4.2; 4.2² ÷ (4²/8 + 0.2²/19) = 8.8, so t(8) = 2.306.
    const apart = welchDifference({ n: 9, mean: 12, variance: 36 }, { n: 20, mean: 4, variance: 4 });
    expect(rounded(apart?.interval, 2)).toEqual([3.27, 12.73]);
  });

  it('is none with fewer than two values in a group', () => {
    expect(welchDifference({ n: 1, mean: 5, variance: 0 }, { n: 40, mean: 3, variance: 4 })).toBeNull();
    expect(welchDifference({ n: 40, mean: 5, variance: 1 }, { n: 0, mean: 0, variance: 0 })).toBeNull();
  });

  it('is certain where nothing varies', () => {
    const same = welchDifference({ n: 3, mean: 5, variance: 0 }, { n: 3, mean: 3, variance: 0 });
    expect(same).toEqual({ points: 2, interval: [2, 2] });
  });

  it('turns round with its groups', () => {
    const sample = fc.record({
      n: fc.integer({ min: 2, max: 2000 }),
      mean: fc.double({ min: -100, max: 100, noNaN: true }),
      variance: fc.double({ min: 0.01, max: 1000, noNaN: true }),
    });
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const [there, back] = [welchDifference(a, b), welchDifference(b, a)];
        expect(back?.points).toBeCloseTo(-(there?.points ?? Number.NaN), 9);
        expect(back?.interval[0]).toBeCloseTo(-(there?.interval[1] ?? Number.NaN), 9);
      }),
    );
  });

  // From the tables of Student's distribution, two-sided 5 %.
  it.each([
    [1, 12.706],
    [2, 4.303],
    [3, 3.182],
    [10, 2.228],
    [29, 2.045],
    [120, 1.98],
    [200, 1.972],
    [201, 1.972],
    [100_000, 1.96],
  ])('takes t of %i degrees of freedom as %f', (degrees, expected) => {
    expect(tQuantile(degrees)).toBeCloseTo(expected, 3);
  });
});

describe('how far to trust it', () => {
  const group = (overrides: Partial<GroupFacts> = {}): GroupFacts => ({
    accounts: 50,
    scoreKnown: 50,
    notYet: 0,
    churned: 0,
    scoreAtStart: 50,
    arrAtStart: 10_000,
    ...overrides,
  });
  const facts = (overrides: Partial<EffectFacts> = {}): EffectFacts => ({
    started: 50,
    ended: 50,
    achieved: 0,
    startedByPeople: 0,
    cancelledByThemselves: 0,
    versions: 1,
    durationDays: 60,
    treated: group(),
    compared: group(),
    difference: { points: 5, interval: [2, 8] },
    ...overrides,
  });

  it('says that there is nobody to compare with', () => {
    expect(cautionsOf(facts({ compared: null, difference: null }))[0]).toMatch(/^It has no triggers/);
    const all = facts({ compared: group({ accounts: 0, scoreKnown: 0 }), difference: null });
    expect(cautionsOf(all)[0]).toMatch(/^No account met a trigger without getting it/);
    expect(cautionsOf(facts({ started: 0 }))).toEqual(['No goal of it started in this time.']);
  });

  it('always says that whoever did not get it had a reason, or that people chose', () => {
    expect(cautionsOf(facts())).toEqual([
      expect.stringMatching(/^Accounts that met a trigger and did not get it had a reason/),
    ]);
    expect(cautionsOf(facts({ startedByPeople: 20 }))).toEqual([
      'People chose who gets it in 20 of 50 goals: they may have picked accounts that would have gone the same way without it.',
    ]);
  });

  it('begins with few accounts, then chance, then groups that were not alike', () => {
    const doubtful = facts({
      treated: group({ scoreKnown: 12, notYet: 38, scoreAtStart: 40, arrAtStart: 25_000 }),
      difference: { points: 2, interval: [-1.25, 5.25] },
      ended: 12,
      achieved: 3,
      versions: 2,
      cancelledByThemselves: 1,
    });
    expect(cautionsOf(doubtful)).toEqual([
      'The comparison rests on 12 accounts that got it and 50 that did not: under 30 in a group, chance weighs heavily.',
      'The difference may be chance alone: its 95 % interval reaches from −1.3 to +5.3 points.',
      'The groups were not alike at the start: a mean score of 40 with it and of 50 without. Low scores tend to rise by themselves.',
      'The accounts that got it were 2.5 times as large by ARR.',
      expect.stringMatching(/^Accounts that met a trigger/),
      '38 of 50 goals have not ended yet.',
      'A goal that ended early is measured on that day, often at its best; everything else after 60 days.',
      'The goals are of 2 versions of the playbook, taken together.',
      'Not in the success rate: 1 goal that ended because the reason or the customer had gone.',
    ]);
  });

  it('says who is missing', () => {
    const missing = facts({
      treated: group({ scoreKnown: 46, churned: 2 }),
      compared: group({ scoreKnown: 40, notYet: 3 }),
    });
    expect(cautionsOf(missing).slice(1)).toEqual([
      'By then 2 had churned with it and 0 without it: they count with their last score, and with no ARR.',
      'The score at one end is not known for 4 accounts with it and 7 without it: they are left out.',
    ]);
  });
});
