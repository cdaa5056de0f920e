import { type Normalizer, normalizerSchema, profileBodySchema } from '@steward/shared/health';
import fc from 'fast-check';
import { BUILT_IN_SIGNALS } from '../signals/built-in.js';
import { DEFAULT_PROFILE, DEFAULT_PROFILES, ONBOARDING_PROFILE } from './defaults.js';
import { normalize } from './normalize.js';
import { roundScore } from './points.js';
import { aProfile, compile, connected, limit } from './profile.factory.js';
import { compileProfile, measuredSignals } from './profile.js';
import { isScored, profileFor } from './scope.js';
import { applyLimits, bandOf, coverageOf, limitsLeftOut, limitsOfDay, rollUp, scoreOf, shownScore } from './score.js';

describe('normalisers', () => {
  it.each([
    [10, 70, 10, 0],
    [10, 70, 40, 50],
    [10, 70, 70, 100],
    [10, 70, 130, 100],
    [3, 0, 1, 66.66666666666667],
    [3, 0, 5, 0],
    [-100, 100, 25, 62.5],
  ])('linear %d → %d gives %d the score %d', (from, to, value, score) => {
    expect(normalize({ kind: 'linear', from, to }, value)).toBeCloseTo(score, 10);
  });

  it('bands are half-open, the last one closed', () => {
    const bands: Normalizer = {
      kind: 'bands',
      bands: [
        { from: 0, to: 10, score: 0 },
        { from: 10, to: 20, score: 50 },
        { from: 20, to: 30, score: 100 },
      ],
    };
    expect(normalizerSchema.safeParse(bands).success).toBe(true);
    expect([9.99, 10, 19.99, 20, 30, 31, -5].map((value) => normalize(bands, value))).toEqual([
      0, 50, 50, 100, 100, 100, 0,
    ]);
  });
});

describe('the roll-up', () => {
  const profile = compile(aProfile({ one: [45, { 's.a': 3, 's.b': 1 }], two: [15, { 's.c': 2 }] }));

  it('weighs measures in groups and groups in the score: (45 × 65 + 15 × 20) ÷ 60 = 53.75', () => {
    expect(rollUp(profile, [60, 80, 20])).toBeCloseTo(53.75, 10);
  });

  it('moves the weight of a missing measure within its group, of a missing group to the others', () => {
    expect(rollUp(profile, [60, null, 20])).toBeCloseTo((45 * 60 + 15 * 20) / 60, 10);
    expect(rollUp(profile, [60, 80, null])).toBe(65);
    expect(rollUp(profile, [null, null, null])).toBeNull();
  });

  it('coverage is the share of the connected measures that have data', () => {
    expect(coverageOf(profile, [60, null, null], connected)).toBeCloseTo(56.25, 10);
    expect(coverageOf(profile, [60, null, null], (signal) => signal !== 's.c')).toBeCloseTo(75, 10);
    expect(coverageOf(profile, [60, null, null], () => false)).toBeNull();
  });

  it('under 50 % coverage the score is unknown; at 50 % it is not', () => {
    const half = compile(aProfile({ one: [1, { 's.a': 1, 's.b': 1 }] }));
    expect(scoreOf(half, [80, null], connected, []).score).toBe(80);
    const under = compile(aProfile({ one: [1, { 's.a': 1, 's.b': 1.01 }] }));
    expect(scoreOf(under, [80, null], connected, [])).toMatchObject({ score: null, band: 'unknown' });
  });
});

describe('caps and floors', () => {
  const body = aProfile(
    { one: [1, { 's.a': 1 }] },
    {
      limits: [
        limit('cap70', 'cap', 70),
        limit('cap30', 'cap', 30),
        limit('floor50', 'floor', 50),
        limit('floor90', 'floor', 90),
      ],
    },
  );

  it('the lowest cap wins over any floor', () => {
    expect(applyLimits(body, 78, [0, 1])).toEqual({ points: 30, decisiveLimit: 1 });
    expect(applyLimits(body, 20, [1, 3])).toEqual({ points: 30, decisiveLimit: 1 });
    expect(applyLimits(body, 20, [2])).toEqual({ points: 50, decisiveLimit: 2 });
    expect(applyLimits(body, 20, [2, 3])).toEqual({ points: 90, decisiveLimit: 3 });
    expect(applyLimits(body, 20, [1])).toEqual({ points: 20, decisiveLimit: null });
  });

  it('do not touch an unknown score', () => {
    expect(scoreOf(compile(body), [null], connected, [2]).score).toBeNull();
  });

  it('that ask for it are left out on quiet days', () => {
    const quiet = aProfile(
      { one: [1, { 's.a': 1 }] },
      {
        limits: [{ ...limit('a', 'cap', 30), skipInQuietPeriods: true }, limit('b', 'cap', 70), limit('c', 'cap', 10)],
      },
    );
    const ofQuietDay = limitsOfDay(quiet, [true, true, false], true);
    expect(applyLimits(quiet, 90, ofQuietDay)).toEqual({ points: 70, decisiveLimit: 1 });
    expect(limitsLeftOut(ofQuietDay)).toEqual([0]);
    const ofOrdinaryDay = limitsOfDay(quiet, [true, true, false], false);
    expect(applyLimits(quiet, 90, ofOrdinaryDay)).toEqual({ points: 30, decisiveLimit: 0 });
    expect(limitsLeftOut(ofOrdinaryDay)).toEqual([]);
  });

  it('whatever holds, the score never rises above the lowest cap and stays within 0–100', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 100, noNaN: true }), fc.subarray([0, 1, 2, 3]), (value, limits) => {
        const score = scoreOf(compile(body), [value], connected, limits).score!;
        const caps = limits.flatMap((i) => (body.limits[i]!.kind === 'cap' ? [body.limits[i]!.at] : []));
        const floors = limits.flatMap((i) => (body.limits[i]!.kind === 'floor' ? [body.limits[i]!.at] : []));
        expect(score).toBeLessThanOrEqual(Math.min(100, ...caps));
        if (caps.length === 0) expect(score).toBeGreaterThanOrEqual(Math.max(0, ...floors));
      }),
    );
  });
});

describe('score, bands and what is shown', () => {
  it('rounds half up to 0.01, float noise forgiven', () => {
    expect(roundScore(70.125)).toBe(70.13);
    expect(roundScore(70.12499999999999)).toBe(70.13);
    expect(roundScore(70.1249)).toBe(70.12);
    expect(roundScore(1.005)).toBe(1.01);
  });

  it('what shows 70 is never healthy', () => {
    const { bands } = DEFAULT_PROFILE;
    expect([0, 30.99, 31, 70.99, 71, 100, null].map((score) => bandOf(score, bands))).toEqual([
      'at_risk',
      'at_risk',
      'watch',
      'watch',
      'healthy',
      'healthy',
      'unknown',
    ]);
    expect(shownScore(70.99)).toBe(70);
  });

  it('live accounts are scored, by the first profile whose scope holds, else by the last', () => {
    expect((['prospect', 'trial', 'customer', 'churned'] as const).map(isScored)).toEqual([false, true, true, false]);
    expect(profileFor([false, true, true])).toBe(1);
    expect(profileFor([false, false, false])).toBe(2);
  });
});

describe('the default profiles', () => {
  it.each(DEFAULT_PROFILES)('$name is valid and measures signals that exist', ({ body }) => {
    expect(profileBodySchema.parse(body)).toEqual(body);
    const known = BUILT_IN_SIGNALS.map((signal) => signal.key);
    for (const signal of measuredSignals(body)) expect(known).toContain(signal);
  });

  it('score a worked account: 76.50', () => {
    const values: Record<string, number> = {
      'usage.seat_utilization': 40, // (40 − 10) ÷ 60 = 50
      'usage.active_contacts_change': -15, // 50
      'usage.active_days': 20, // 100
      'adoption.breadth': 50, // 100 → adoption (3 × 50 + 3 × 50 + 2 × 100 + 2 × 100) ÷ 10 = 70
      'sentiment.pulse': 6, // 100
      'relationship.touch_lag': 2, // 50 → engagement (2 × 100 + 50) ÷ 3 = 83.33
      'support.urgent_open': 0, // 100; csat missing → support 100
      'sentiment.nps': 20, // 60
      'billing.days_overdue': 9, // 85
    };
    const keys = Object.keys(values);
    const profile = compileProfile(DEFAULT_PROFILE, (key) => (keys.includes(key) ? keys.indexOf(key) : null));
    // 0.45 × 70 + 0.15 × 83.33 + 0.15 × 100 + 0.15 × 60 + 0.1 × 85 = 31.5 + 12.5 + 15 + 9 + 8.5
    expect(scoreOf(profile, Object.values(values), connected, []).score).toBe(76.5);
    expect(profile.counted).toHaveLength(10);
  });

  it('refuse groups without weight and a signal measured twice', () => {
    expect(profileBodySchema.safeParse(aProfile({ one: [0, { 's.a': 1 }] })).success).toBe(false);
    expect(profileBodySchema.safeParse(aProfile({ one: [1, { 's.a': 0 }] })).success).toBe(false);
    expect(profileBodySchema.safeParse(aProfile({ one: [1, { 's.a': 1 }], two: [1, { 's.a': 1 }] })).success).toBe(
      false,
    );
    expect(ONBOARDING_PROFILE.scope).not.toBeNull();
  });
});
