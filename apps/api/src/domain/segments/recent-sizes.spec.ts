import { addDays, isoOf, toDay } from '../calendar/day.js';
import { recentSizes, type SizesOfSegment } from './recent-sizes.js';

const today = toDay('2026-04-15');
const ago = (days: number) => isoOf(addDays(today, -days));
const aSegment = (more: Partial<SizesOfSegment> = {}): SizesOfSegment => ({
  now: 7,
  ruleVersion: 3,
  kept: [
    { day: ago(3), members: 40, ruleVersion: 2 },
    { day: ago(2), members: 50, ruleVersion: 3 },
    { day: ago(1), members: 60, ruleVersion: 3 },
  ],
  gains: null,
  ...more,
});

describe('the sizes of a segment over the last days', () => {
  it('are what was kept at each close, and what it is now', () => {
    expect(recentSizes(aSegment(), today, 5)).toEqual([null, 40, 50, 60, 7]);
  });

  it('are gone back to from now for who sees some accounts only, as far as the rule was the same', () => {
    const gains = new Map([
      [ago(0), 2],
      [ago(1), -3],
      [ago(2), 1],
    ]);
    expect(recentSizes(aSegment({ gains }), today, 5)).toEqual([null, null, 8, 5, 7]);
  });
});
