import { type ProfileBody } from '@steward/shared/health';
import { toDay } from '../calendar/day.js';
import { healthChange, modelChange, type ScoredDay, whatChanged, withoutModel } from './change.js';
import { explainScore } from './explain.js';
import { aProfile, compile, connected, limit } from './profile.factory.js';
import { type Values } from './score.js';

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
});
