import { type ProfileBody } from '@steward/shared/health';
import fc from 'fast-check';
import { field } from '../rule-builders.js';
import { apportion, toHundredths } from './points.js';
import { aProfile, limit } from './profile.factory.js';
import { compileProfile } from './profile.js';
import { pulseGapOf } from './pulse-gap.js';
import { comparableScores, trendOf } from './trend.js';

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
