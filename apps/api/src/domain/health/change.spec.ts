import { type ProfileBody } from '@steward/shared/health';
import { toDay } from '../calendar/day.js';
import { daysToCompare, modelChange, type ScoredDay, whatChanged } from './change.js';
import { explainScore } from './explain.js';
import { aProfile, compile, connected, limit } from './profile.factory.js';
import { scoreOf, type Values } from './score.js';

describe('the explanation', () => {
  const explain = (body: ProfileBody, given: Values, limits: number[] = []) =>
    explainScore({
      profile: compile(body),
      values: given,
      limits,
      nullReasonOf: () => 'no_feed',
      isConnected: connected,
      evidenceOf: () => null,
      quietPeriod: 'Christmas',
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

  it('tells coverage as people read it, never above what it is', () => {
    const body = aProfile({ one: [1, { 's.a': 1, 's.b': 1, 's.c': 1 }] });
    expect(explain(body, [80, null, null]).coverage).toBe(33.33);
    expect(explain(body, [80, 80, null]).coverage).toBe(66.66);
    expect(explain(body, [80, 80, 80]).coverage).toBe(100);
  });

  it('names a cap that a quiet period has left out, and the period', () => {
    const body = aProfile(
      { one: [1, { 's.a': 1 }] },
      { limits: [limit('cap70', 'cap', 70), limit('quiet', 'cap', 30)] },
    );
    const found = explain(body, [90], [0, -2]);
    expect(found).toMatchObject({ score: 70, limits: [{ key: 'cap70', decisive: true }] });
    expect(found.leftOut).toEqual([{ key: 'quiet', kind: 'cap', at: 30, reason: 'quiet', quietPeriod: 'Christmas' }]);
  });
});

describe('what changed', () => {
  const body = aProfile(
    { one: [1, { 's.a': 1, 's.b': 1 }], two: [1, { 's.c': 1 }] },
    { limits: [limit('cap30', 'cap', 30)], minCoverage: 0 },
  );
  const on = (iso: string, given: Values, limits: number[] = [], profile = compile(body)): ScoredDay => ({
    day: toDay(iso),
    score: scoreOf(profile, given, connected, limits).score!,
    profile,
    values: given,
    limits,
  });

  it('a fall by one measure is that measure’s', () => {
    const profile = compile(body);
    const change = whatChanged([
      on('2026-04-01', [80, 60, 70], [], profile),
      on('2026-04-15', [40, 60, 70], [], profile),
    ]);
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
    const change = whatChanged([
      on('2026-04-01', [80, null, 70], [], profile),
      on('2026-04-15', [60, 20, 70], [], profile),
    ]);
    expect(change).toMatchObject({ total: -20, data: { points: -10, appeared: ['s.b'], vanished: [] } });
    expect(change.measures.map((m) => [m.signal, m.points])).toEqual([
      ['s.a', -10],
      ['s.c', 0],
    ]);
  });

  it('a cap that starts has its own line', () => {
    const profile = compile(body);
    const change = whatChanged([
      on('2026-04-01', [80, 60, 70], [], profile),
      on('2026-04-15', [80, 60, 50], [0], profile),
    ]);
    expect(change).toMatchObject({ total: -40, limits: { points: -30, started: ['cap30'], ended: [] } });
  });

  it('a new profile version is the model’s part, and no fall', () => {
    const newer = compile(aProfile({ one: [1, { 's.a': 1, 's.b': 1 }], two: [3, { 's.c': 1 }] }, { minCoverage: 0 }));
    const then = on('2026-04-01', [80, 60, 10]);
    const now = on('2026-04-15', [80, 60, 10], [], newer);
    const change = whatChanged([then, now]);
    // (70 + 10) ÷ 2 = 40 before, (70 + 3 × 10) ÷ 4 = 25 after.
    expect(change).toMatchObject({ total: -15, model: -15 });
    expect(modelChange(then, now)).toBe(-15);
  });

  it('the model’s part is taken on the day of the new version, not over the whole span', () => {
    const older = compile(aProfile({ one: [1, { 's.a': 1 }], two: [1, { 's.b': 1 }] }));
    const newer = compile(aProfile({ one: [1, { 's.a': 1 }] }));
    const days = [
      on('2026-04-01', [90, 50], [], older),
      // Under the old version a fell by 40, which cost 20 points, and b rose by 10, which gave 5.
      on('2026-04-10', [50, 60], [], older),
      // The new version has a alone: 55 becomes 50.
      on('2026-04-11', [50, 60], [], newer),
      on('2026-04-15', [40, 0], [], newer),
    ];
    const change = whatChanged(days);
    expect(change).toMatchObject({ total: -30, model: -5, from: { score: 70 }, to: { score: 40 } });
    expect(change.measures).toEqual([
      { signal: 's.a', points: -30, valueThen: 90, valueNow: 40 },
      { signal: 's.b', points: 5, valueThen: 50, valueNow: 0 },
    ]);
    // The day before the new version said −15 without any model; publishing it says no more: −20 + 5.
    expect(whatChanged(days.slice(0, 2)).total).toBe(-15);
    const published = whatChanged(days.slice(0, 3));
    expect(published.total - published.model).toBe(-15);
  });

  it('a measure that came and went on the way is named', () => {
    const profile = compile(body);
    const newer = compile(aProfile({ one: [1, { 's.a': 1, 's.b': 1 }], two: [2, { 's.c': 1 }] }, { minCoverage: 0 }));
    const change = whatChanged([
      on('2026-04-01', [80, null, 80], [], profile),
      on('2026-04-10', [80, 20, 80], [], profile),
      on('2026-04-11', [80, 20, 80], [], newer),
      on('2026-04-15', [80, null, 80], [], newer),
    ]);
    // Appeared: (50 + 80) ÷ 2 = 65; the new version: (50 + 160) ÷ 3 = 70; vanished: 80.
    expect(change).toMatchObject({ total: 0, model: 5, data: { points: -5, appeared: ['s.b'], vanished: ['s.b'] } });
  });

  it('is taken apart at both sides of each new version', () => {
    const scored = [1, 1, 1, 2, 2, 1, 3].map((versionId, i) => ({ day: toDay(`2026-04-0${i + 1}`), versionId }));
    expect(daysToCompare(scored)).toEqual(['1', '3', '4', '5', '6', '7'].map((n) => toDay(`2026-04-0${n}`)));
    expect(daysToCompare(scored.slice(0, 3))).toEqual([toDay('2026-04-01'), toDay('2026-04-03')]);
  });

  it('a cap that only the new version has is the model’s part', () => {
    const older = compile(aProfile({ one: [1, { 's.a': 1 }] }));
    const newer = compile(aProfile({ one: [1, { 's.a': 1 }] }, { limits: [limit('new', 'cap', 30)] }));
    const change = whatChanged([on('2026-04-01', [80], [], older), on('2026-04-15', [80], [0], newer)]);
    expect(change).toMatchObject({ total: -50, model: -50, limits: { points: 0, started: ['new'] } });
  });
});
