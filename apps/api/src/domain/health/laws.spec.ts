import type { ProfileBody } from '@steward/shared/health';
import fc from 'fast-check';
import { addDays, type Day, isoOf, toDay } from '../calendar/day.js';
import { comparableRing, healthChangeOver } from '../memory/health-memory.js';
import { type AccountState, openDay, scoredBefore, scoredVersionBefore } from '../memory/memory.js';
import { daysToCompare, modelChange, type ScoredDay, whatChanged } from './change.js';
import { explainScore } from './explain.js';
import { toHundredths } from './points.js';
import { aProfile, compile, connected, limit, SIGNALS } from './profile.factory.js';
import type { CompiledProfile } from './profile.js';
import { scoreOf, type Values } from './score.js';

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
const values = fc.array(fc.option(fc.double({ min: -100, max: 200, noNaN: true })), {
  minLength: 6,
  maxLength: 6,
});
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

describe('laws of the explanation', () => {
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

describe('laws of what changed', () => {
  const scoredOn = (day: Day, given: Values, limits: number[], profile: CompiledProfile): ScoredDay | null => {
    const { score } = scoreOf(profile, given, connected, limits);
    return score === null ? null : { day, score, profile, values: given, limits };
  };
  const within = (limits: number[], profile: CompiledProfile) => limits.filter((i) => i < profile.body.limits.length);

  it('adds up exactly, whatever the profiles, values and limits', () => {
    fc.assert(
      fc.property(profiles, profiles, values, values, anyLimits, anyLimits, fc.boolean(), (p, q, v, w, l, m, same) => {
        const first = compile(p);
        const second = same ? first : compile(q);
        const then = scoredOn(toDay('2026-04-01'), v, within(l, first), first);
        const now = scoredOn(toDay('2026-04-15'), w, within(m, second), second);
        if (then === null || now === null) return;
        const change = whatChanged([then, now]);
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
        const then = scoredOn(toDay('2026-04-01'), v, [], profile);
        if (then === null) return;
        const change = whatChanged([then, { ...then, day: toDay('2026-04-15') }]);
        expect([change.total, change.model, change.data.points, change.limits.points]).toEqual([0, 0, 0, 0]);
        expect(change.measures.every((measure) => measure.points === 0)).toBe(true);
      }),
    );
  });

  it('is health.change when the model’s part is left out, for any two days of any story', () => {
    // A day: which of three versions was published, what was known, and whether the account was a customer at all.
    const days = fc.array(
      fc.record({
        version: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat(2)),
        given: values,
        limits: anyLimits,
        status: fc.oneof({ weight: 6, arbitrary: fc.constant('customer') }, fc.constantFrom('trial', 'churned')),
        isSkipped: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.constant(true)),
      }),
      { minLength: 2, maxLength: 34 },
    );
    fc.assert(
      fc.property(fc.tuple(profiles, profiles, profiles), days, (bodies, story) => {
        const versions = bodies.map((body) => compile({ ...body, minCoverage: 60 }));
        const scored: (ScoredDay & { versionId: number })[] = [];
        let state: AccountState | null = null;
        story.forEach(({ version, given, limits: all, status, isSkipped }, i) => {
          const day = addDays(toDay('2026-03-01'), i);
          if (isSkipped) return;
          const opening = openDay(state, day);
          const profile = versions[version]!;
          const limits = within(all, profile);
          const today = status === 'churned' ? null : scoredOn(day, given, limits, profile);
          const before = scoredBefore(opening);
          const earlier = versions[(scoredVersionBefore(opening) ?? 0) - 1];
          const model =
            today && before && earlier && earlier !== profile
              ? modelChange({ profile: earlier, values: before.signals, limits: before.limits }, today)
              : 0;
          const kept = status === 'churned' ? opening : null;
          const score = kept ? kept.score : (today?.score ?? null);
          const found = {
            ...opening,
            score,
            rawTier: null,
            healthVersionId: kept ? kept.healthVersionId : version + 1,
            signals: given,
            limits: kept ? kept.limits : limits,
            status,
            modelChange: model,
          };
          state = { day, opening, result: found };
          if (today === null) return;
          scored.push({ ...today, versionId: version + 1 });
          const ring = comparableRing(opening, score, model);
          for (const from of scored) {
            const span = day - from.day;
            if (span === 0 || span > 30) continue;
            const days = new Set(daysToCompare(scored.filter((each) => each.day >= from.day)));
            const change = whatChanged(scored.filter((each) => days.has(each.day)));
            expect(change.from.day).toBe(isoOf(from.day));
            expect(toHundredths(change.total) - toHundredths(change.model)).toBe(
              toHundredths(healthChangeOver(ring, span)!),
            );
            const lines = [change.model, ...change.measures.map((each) => each.points)];
            const all = [...lines, change.data.points, change.limits.points];
            expect(all.reduce((sum, points) => sum + toHundredths(points), 0)).toBe(toHundredths(change.total));
          }
        });
      }),
      { numRuns: 200 },
    );
  });
});
