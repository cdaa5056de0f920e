import { type Normalizer, normalizerSchema, type ProfileBody, profileBodySchema } from '@steward/shared/health';
import { EVERY_ACCOUNT } from '@steward/shared/rules';
import fc from 'fast-check';
import { toDay } from '../calendar/day.js';
import { field } from '../rule-builders.js';
import { BUILT_IN_SIGNALS } from '../signals/built-in.js';
import { healthChange, modelChange, type ScoredDay, whatChanged, withoutModel } from './change.js';
import { DEFAULT_PROFILE, DEFAULT_PROFILES, ONBOARDING_PROFILE } from './defaults.js';
import { explainScore } from './explain.js';
import { normalize } from './normalize.js';
import { apportion, roundScore, toHundredths } from './points.js';
import { type CompiledProfile, compileProfile, measuredSignals } from './profile.js';
import { pulseGapOf } from './pulse-gap.js';
import { isScored, profileFor } from './scope.js';
import { applyLimits, bandOf, coverageOf, limitsInForce, rollUp, scoreOf, shownScore, type Values } from './score.js';
import { comparableScores, trendOf } from './trend.js';

const SIGNALS = ['s.a', 's.b', 's.c', 's.d', 's.e', 's.f'];
const slot = (key: string) => (SIGNALS.includes(key) ? SIGNALS.indexOf(key) : null);
const connected = () => true;

/** A profile whose measures take values 0–100 as they are. */
function aProfile(
  groups: Record<string, [number, Record<string, number>]>,
  more: Partial<ProfileBody> = {},
): ProfileBody {
  return {
    scope: null,
    groups: Object.entries(groups).map(([key, [weight, measures]]) => ({
      key,
      label: key,
      weight,
      measures: Object.entries(measures).map(([signal, w]) => ({
        signal,
        weight: w,
        normalizer: { kind: 'linear' as const, from: 0, to: 100 },
      })),
    })),
    limits: [],
    bands: { watchFrom: 31, healthyFrom: 71 },
    minCoverage: 50,
    pulseGap: 40,
    ...more,
  };
}
const compile = (body: ProfileBody): CompiledProfile => compileProfile(body, slot);
const limit = (key: string, kind: 'cap' | 'floor', at: number) => ({
  key,
  kind,
  at,
  rule: EVERY_ACCOUNT,
  reason: key,
  skipInQuietPeriods: false,
});

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
    expect(limitsInForce(quiet, [true, true, false], true)).toEqual([1]);
    expect(limitsInForce(quiet, [true, true, false], false)).toEqual([0, 1]);
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

// Random profiles over six signals in up to three groups, and random values with gaps.
const weights = fc.oneof(fc.integer({ min: 0, max: 10 }), fc.double({ min: 0.01, max: 50, noNaN: true }));
const anchors = fc.constantFrom([0, 100], [100, 0], [20, 80], [-50, 150]);
const profiles = fc
  .record({
    groups: fc.array(weights, { minLength: 3, maxLength: 3 }),
    measures: fc.array(fc.record({ weight: weights, anchors, group: fc.nat(2) }), { minLength: 6, maxLength: 6 }),
    limits: fc.array(fc.record({ kind: fc.constantFrom('cap', 'floor'), at: fc.integer({ min: 0, max: 100 }) }), {
      maxLength: 4,
    }),
  })
  .map(
    ({ groups, measures, limits }): ProfileBody => ({
      ...aProfile({}),
      minCoverage: 0,
      groups: groups
        .map((weight, g) => ({
          key: `g${g}`,
          label: 'g',
          weight,
          measures: measures.flatMap((measure, i) =>
            measure.group === g
              ? [
                  {
                    signal: SIGNALS[i]!,
                    weight: measure.weight,
                    normalizer: { kind: 'linear' as const, from: measure.anchors[0]!, to: measure.anchors[1]! },
                  },
                ]
              : [],
          ),
        }))
        .filter((group) => group.measures.length > 0),
      limits: limits.map(({ kind, at }, i) => limit(`limit${i}`, kind, at)),
    }),
  );
const values = fc.array(fc.option(fc.double({ min: -100, max: 200, noNaN: true })), { minLength: 6, maxLength: 6 });
const anyLimits = fc.subarray([0, 1, 2, 3]);

describe('laws of the score', () => {
  it('a null measure scores exactly as if the profile did not have it', () => {
    fc.assert(
      fc.property(profiles, values, fc.nat(5), (body, given, missing) => {
        const gone = given.map((value, i) => (i === missing ? null : value));
        const without: ProfileBody = {
          ...body,
          groups: body.groups
            .map((group) => ({ ...group, measures: group.measures.filter((m) => m.signal !== SIGNALS[missing]) }))
            .filter((group) => group.measures.length > 0),
        };
        const [left, right] = [
          scoreOf(compile(body), gone, connected, []),
          scoreOf(compile(without), gone, connected, []),
        ];
        expect(left.score).toBe(right.score);
        expect(left.rollUp).toBe(right.rollUp);
      }),
    );
  });

  it('the scale of weights does not matter', () => {
    fc.assert(
      fc.property(profiles, values, fc.double({ min: 0.001, max: 1000, noNaN: true }), (body, given, factor) => {
        const scaled: ProfileBody = {
          ...body,
          groups: body.groups.map((group, g) => ({
            ...group,
            weight: group.weight * factor,
            measures: group.measures.map((m) => ({ ...m, weight: m.weight * (g + 1) * factor })),
          })),
        };
        expect(scoreOf(compile(scaled), given, connected, []).score).toBe(
          scoreOf(compile(body), given, connected, []).score,
        );
      }),
    );
  });

  it('lies within 0–100', () => {
    fc.assert(
      fc.property(profiles, values, anyLimits, (body, given, limits) => {
        const { score } = scoreOf(compile(body), given, connected, limits);
        if (score !== null) expect(score >= 0 && score <= 100).toBe(true);
      }),
    );
  });
});

describe('the explanation', () => {
  const explain = (body: ProfileBody, given: Values, limits: number[] = []) =>
    explainScore({
      profile: compile(body),
      values: given,
      limits,
      nullReasonOf: () => 'no_feed',
      isConnected: connected,
      evidenceOf: () => null,
    });

  it('gives each measure its points: 78 capped at 30', () => {
    const body = aProfile(
      { one: [3, { 's.a': 1, 's.b': 1 }], two: [1, { 's.c': 1 }], three: [1, { 's.d': 1 }] },
      {
        limits: [{ ...limit('no_activity', 'cap', 30), reason: 'no activity for 28 days' }],
      },
    );
    const found = explain(body, [80, null, 72, null], [0]);
    // Shares 3/4 and 1/4: 60 + 18 = 78.
    expect(found).toMatchObject({ beforeLimits: 78, score: 30, limitPoints: -48, band: 'at_risk' });
    expect(found.limits).toEqual([
      { key: 'no_activity', kind: 'cap', at: 30, reason: 'no activity for 28 days', decisive: true },
    ]);
    expect(found.measures.map((m) => [m.signal, m.pointsGiven, m.pointsLost, m.weightWentTo])).toEqual([
      ['s.a', 60, 15, null],
      ['s.c', 18, 7, null],
      ['s.b', 0, 0, 'group'],
      ['s.d', 0, 0, 'other_groups'],
    ]);
    expect(found.coverage).toBeCloseTo(50, 10);
  });

  it('adds up exactly: points given to the roll-up, given and lost to 100, with the limits to the score', () => {
    fc.assert(
      fc.property(profiles, values, anyLimits, (body, given, limits) => {
        const found = explain(
          body,
          given,
          limits.filter((i) => i < body.limits.length),
        );
        if (found.beforeLimits === null || found.score === null) return;
        const sum = (pick: (m: (typeof found.measures)[number]) => number) =>
          found.measures.reduce((total, m) => total + toHundredths(pick(m)), 0);
        expect(sum((m) => m.pointsGiven)).toBe(toHundredths(found.beforeLimits));
        expect(sum((m) => m.pointsGiven) + sum((m) => m.pointsLost)).toBe(10_000);
        expect(toHundredths(found.beforeLimits) + toHundredths(found.limitPoints)).toBe(toHundredths(found.score));
        expect(found.measures.map((m) => m.pointsLost)).toEqual(
          found.measures.map((m) => m.pointsLost).sort((a, b) => b - a),
        );
      }),
    );
  });
});

describe('what changed', () => {
  const body = aProfile(
    { one: [1, { 's.a': 1, 's.b': 1 }], two: [1, { 's.c': 1 }] },
    { limits: [limit('cap30', 'cap', 30)], minCoverage: 0 },
  );
  const on = (iso: string, given: Values, limits: number[] = [], profile = compile(body)): ScoredDay => ({
    day: toDay(iso),
    profile,
    values: given,
    isConnected: connected,
    limits,
  });

  it('a fall by one measure is that measure’s', () => {
    const profile = compile(body);
    const change = whatChanged(
      on('2026-04-01', [80, 60, 70], [], profile),
      on('2026-04-15', [40, 60, 70], [], profile),
    )!;
    expect(change).toMatchObject({ total: -10, model: 0, from: { day: '2026-04-01', score: 70 }, to: { score: 60 } });
    expect(change.measures.map((m) => [m.signal, m.points])).toEqual([
      ['s.a', -10],
      ['s.b', 0],
      ['s.c', 0],
    ]);
    expect(change.data).toEqual({ points: 0, appeared: [], vanished: [] });
  });

  it('data that appears has its own line with names', () => {
    const profile = compile(body);
    // Then: only a and c, (80 + 70) ÷ 2 = 75. Now: a fell to 60 and b = 20 appeared, (40 + 70) ÷ 2 = 55.
    const change = whatChanged(
      on('2026-04-01', [80, null, 70], [], profile),
      on('2026-04-15', [60, 20, 70], [], profile),
    )!;
    expect(change).toMatchObject({ total: -20, data: { points: -10, appeared: ['s.b'], vanished: [] } });
    expect(change.measures.map((m) => [m.signal, m.points])).toEqual([
      ['s.a', -10],
      ['s.c', 0],
    ]);
  });

  it('a cap that starts has its own line', () => {
    const profile = compile(body);
    const change = whatChanged(
      on('2026-04-01', [80, 60, 70], [], profile),
      on('2026-04-15', [80, 60, 50], [0], profile),
    )!;
    expect(change).toMatchObject({ total: -40, limits: { points: -30, started: ['cap30'], ended: [] } });
  });

  it('a new profile version is the model’s part, and no fall', () => {
    const newer = compile(aProfile({ one: [1, { 's.a': 1, 's.b': 1 }], two: [3, { 's.c': 1 }] }, { minCoverage: 0 }));
    const then = on('2026-04-01', [80, 60, 10]);
    const now = on('2026-04-15', [80, 60, 10], [], newer);
    const change = whatChanged(then, now)!;
    // (70 + 10) ÷ 2 = 40 before, (70 + 3 × 10) ÷ 4 = 25 after.
    expect(change).toMatchObject({ total: -15, model: -15 });
    expect(withoutModel(change)).toBe(0);
    expect(healthChange(then, now)).toBe(0);
    expect(modelChange(then, now)).toBe(-15);
  });

  it('a cap that only the new version has is the model’s part', () => {
    const older = compile(aProfile({ one: [1, { 's.a': 1 }] }));
    const newer = compile(aProfile({ one: [1, { 's.a': 1 }] }, { limits: [limit('new', 'cap', 30)] }));
    const change = whatChanged(on('2026-04-01', [80], [], older), on('2026-04-15', [80], [0], newer))!;
    expect(change).toMatchObject({ total: -50, model: -50, limits: { points: 0, started: ['new'] } });
  });

  it('is not known when one of the days has no score', () => {
    expect(whatChanged(on('2026-04-01', [null, null, null]), on('2026-04-15', [80, 60, 10]))).toBeNull();
  });

  it('adds up exactly, whatever the profiles, values and limits', () => {
    fc.assert(
      fc.property(profiles, profiles, values, values, anyLimits, anyLimits, fc.boolean(), (p, q, v, w, l, m, same) => {
        const first = compile(p);
        const second = same ? first : compile(q);
        const within = (limits: number[], profile: CompiledProfile) =>
          limits.filter((i) => i < profile.body.limits.length);
        const change = whatChanged(
          on('2026-04-01', v, within(l, first), first),
          on('2026-04-15', w, within(m, second), second),
        );
        if (change === null) return;
        const lines = [
          change.model,
          ...change.measures.map((each) => each.points),
          change.data.points,
          change.limits.points,
        ];
        const sum = lines.reduce((total, points) => total + toHundredths(points), 0);
        expect(sum).toBe(toHundredths(change.to.score) - toHundredths(change.from.score));
        expect(sum).toBe(toHundredths(change.total));
        if (same) expect(change.model).toBe(0);
        if (change.data.appeared.length + change.data.vanished.length === 0) expect(change.data.points).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  it('nothing changed when nothing changed', () => {
    fc.assert(
      fc.property(profiles, values, (p, v) => {
        const profile = compile(p);
        const change = whatChanged(on('2026-04-01', v, [], profile), on('2026-04-15', v, [], profile));
        if (change === null) return;
        expect([change.total, change.model, change.data.points, change.limits.points]).toEqual([0, 0, 0, 0]);
        expect(change.measures.every((measure) => measure.points === 0)).toBe(true);
      }),
    );
  });
});

describe('points that must add up', () => {
  it('give the residue to the part that rounding moved furthest', () => {
    expect(apportion([33.335, 33.334, 33.331], 10_000)).toEqual([3334, 3333, 3333]);
    expect(apportion([0.004, 0.004, 0], 1)).toEqual([1, 0, 0]);
  });

  it('always add up to the total, and each is within 0.01 of its value', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 1, maxLength: 12 }), (parts) => {
        const total = toHundredths(parts.reduce((sum, part) => sum + part, 0));
        const shared = apportion(parts, total);
        expect(shared.reduce((sum, part) => sum + part, 0)).toBe(total);
        for (const [i, part] of shared.entries()) expect(Math.abs(part / 100 - parts[i]!)).toBeLessThanOrEqual(0.0151);
      }),
    );
  });
});

describe('the trend', () => {
  const line = (from: number, perDay: number, days = 30) => Array.from({ length: days }, (_, i) => from + perDay * i);

  it('is the sign of the slope; under 3 points in 30 days it is flat', () => {
    expect(trendOf(line(50, 0.11))).toBe('up');
    expect(trendOf(line(50, -0.11))).toBe('down');
    expect(trendOf(line(50, 0.09))).toBe('flat');
  });

  it('needs 14 scores and keeps their distance in days', () => {
    expect(trendOf(line(50, 1, 13))).toBeNull();
    expect(trendOf([...new Array(16).fill(null), ...line(50, 1, 14)])).toBe('up');
    expect(trendOf([...line(0, 5, 30), ...line(50, 0, 30)])).toBe('flat');
  });

  it('leaves model changes out: 60 → 44 by a new profile is no move', () => {
    const scores = [...line(60, 0, 15), ...line(44, 0, 15)];
    const changes = scores.map((_, i) => (i === 15 ? -16 : 0));
    expect(comparableScores(scores, changes)).toEqual(line(44, 0, 30));
    expect(trendOf(scores)).toBe('down');
    expect(trendOf(comparableScores(scores, changes))).toBe('flat');
  });
});

describe('the pulse beside the score', () => {
  const body: ProfileBody = {
    ...aProfile({ one: [1, { 'sentiment.pulse': 1, 's.a': 1 }] }),
    limits: [{ ...limit('pulse', 'cap', 30), rule: field('sentiment.pulse', 'eq', 1) }],
  };
  const profile = compileProfile(body, (key) => ['sentiment.pulse', 's.a'].indexOf(key));

  it('is held against the score without it, neither measure nor cap: pulse 1 (0) against 80', () => {
    expect(pulseGapOf(profile, [1, 80], [0], 1)).toEqual({
      pulseScore: 0,
      scoreWithoutPulse: 80,
      gap: 80,
      disagrees: true,
    });
  });

  it('40 points or more are for review', () => {
    expect(pulseGapOf(profile, [4, 100], [], 4)).toMatchObject({ gap: 40, disagrees: true });
    expect(pulseGapOf(profile, [4, 99], [], 4)).toMatchObject({ gap: 39, disagrees: false });
    expect(pulseGapOf(profile, [4, null], [], 4)).toBeNull();
    expect(pulseGapOf(profile, [null, 50], [], null)).toBeNull();
  });
});
