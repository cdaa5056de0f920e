import type { ProfileBody } from '@steward/shared/health';
import { aProfile } from '../health/profile.factory.js';
import { MONTH_ENDS, observationsOf, syntheticHistory } from './observations.factory.js';
import type { Observations } from './observations.js';
import { atOnce } from './steps.js';
import { storedInMemory } from './stored-months.js';
import type { Suggesting } from './suggest.js';
import * as suggest from './suggest.js';
import { bodyWithShares, sharesOf, suggestedShares } from './suggested-body.js';

const suggestWeights = (of: Observations, asked: Suggesting) =>
  atOnce(suggest.suggestWeights(storedInMemory(of), asked));

const body = aProfile({ use: [1, { 's.a': 1, 's.b': 1 }], rest: [1, { 's.c': 1, 's.d': 1 }] });
const asking = (overrides: Partial<Suggesting> = {}): Suggesting => ({
  body,
  measures: ['s.a', 's.b', 's.c', 's.d'].map((signal) => ({
    signal,
    label: signal,
    group: signal < 's.c' ? 'use' : 'rest',
    share: 25,
    connected: true,
  })),
  connected: MONTH_ENDS.map(() => new Set(['s.a', 's.b', 's.c', 's.d'])),
  outcome: 'churn',
  horizonDays: 60,
  ...overrides,
});

describe('weights that history suggests', () => {
  it('find what made the outcomes and beat even weights on later month-ends', () => {
    const history = syntheticHistory({
      seed: 'one tells',
      accounts: 700,
      weights: [5, 1, 0, 0],
      intercept: 0.5,
      missing: 0.1,
    });
    const found = suggestWeights(history, asking());
    expect(found.refusal).toBeNull();
    const [a, b, c, d] = found.measures.map(({ suggestedShare }) => suggestedShare);
    expect(a!).toBeGreaterThan(65);
    expect(b!).toBeGreaterThan(5);
    expect(c! + d!).toBeLessThan(10);
    expect(found.verdict).toMatchObject({ kind: 'beats', sentence: expect.stringContaining('beat the present ones') });
    expect(found.difference!.low).toBeGreaterThan(0);
    expect(found.suggested!.value - found.present!.value).toBeCloseTo(found.difference!.value, 2);
    expect(sharesOf(found.body!)[0]).toBeCloseTo(a!, 6);
  });

  it('are judged on later month-ends than those they were taken from, with the horizon between them', () => {
    const { fitted, judged } = suggestWeights(
      syntheticHistory({ seed: 'split', accounts: 300, weights: [3, 0, 0, 0], intercept: 0 }),
      asking(),
    );
    expect(judged!.days).toEqual(['2025-09-30', '2025-10-31', '2025-11-30', '2025-12-31']);
    expect(fitted!.days.at(-1)).toBe('2025-07-31');
  });

  it('do not beat weights that are right already, and say so', () => {
    const history = syntheticHistory({ seed: 'even', accounts: 400, weights: [2, 2, 2, 2], intercept: 2 });
    expect(suggestWeights(history, asking()).verdict).toMatchObject({
      kind: 'does_not_beat',
      sentence: expect.stringContaining('do not beat'),
    });
  });

  it('are refused in words under 100 accounts with the outcome', () => {
    const few = syntheticHistory({ seed: 'few', accounts: 60, weights: [3, 0, 0, 0], intercept: 0 });
    const found = suggestWeights(few, asking());
    expect(found).toMatchObject({
      body: null,
      verdict: { kind: 'cannot_tell' },
      refusal: expect.stringContaining('from 100 accounts on'),
    });
    expect(suggestWeights(observationsOf([]), asking())).toMatchObject({ body: null, eventAccounts: 0 });
  });

  it('are refused where there is no later month-end to judge them on', () => {
    const one = observationsOf(
      Array.from({ length: 300 }, (_, account) => ({
        account,
        outcomeDay: account % 2 === 0 ? ((MONTH_ENDS[0]! + 5) as never) : null,
        points: [account % 100, 50, 50, 50],
      })),
    );
    expect(suggestWeights(one, asking()).refusal).toContain('too few month-ends');
  });

  it('leave a measure that history cannot speak of with its share', () => {
    const history = syntheticHistory({ seed: 'silent', accounts: 400, weights: [3, 1, 0, 0], intercept: 0 });
    history.measures[3]!.fill(-1);
    const found = suggestWeights(history, asking());
    expect(found.measures[3]).toMatchObject({
      suggestedShare: 25,
      remark: expect.stringContaining('does not speak of it'),
    });
  });
});

describe('shares', () => {
  it('of measures that cannot be spoken of stay, and the others divide the rest', () => {
    expect(suggestedShares([50, 30, 20], [3, 1, null])).toEqual([60, 20, 20]);
    expect(suggestedShares([50, 50], [0, 0])).toBeNull();
    expect(suggestedShares([50, 50], [null, null])).toBeNull();
  });

  it('become weights of groups and measures; a group without any stays in the profile with the weight 0', () => {
    const changed: ProfileBody = bodyWithShares(body, [60, 40, 0, 0]);
    expect(changed.groups.map(({ weight }) => weight)).toEqual([100, 0]);
    expect(changed.groups[0]!.measures.map(({ weight }) => weight)).toEqual([60, 40]);
    expect(changed.groups[1]!.measures.map(({ weight }) => weight)).toEqual([1, 1]);
    expect(sharesOf(changed)).toEqual([60, 40, 0, 0]);
  });
});
