import type { StandIn } from '@steward/shared/access';
import { overlapping } from './stand-ins.js';

const bo = (fromDay: string, toDay: string): StandIn => ({ standInId: 'bo', fromDay, toDay });
const cy = (fromDay: string, toDay: string): StandIn => ({ standInId: 'cy', fromDay, toDay });
const may = bo('2026-05-10', '2026-05-20');

describe('two stand-ins of one person', () => {
  it.each([
    ['begins on the last day', cy('2026-05-20', '2026-05-25')],
    ['ends on the first day', cy('2026-05-01', '2026-05-10')],
    ['lies within', cy('2026-05-12', '2026-05-13')],
    ['lies around', cy('2026-05-01', '2026-05-31')],
    ['is by the same person, from another day', bo('2026-05-12', '2026-05-30')],
  ])('have a day in common where the second %s', (_, second) => {
    expect(overlapping(second, [may])).toBe(may);
  });

  it.each([
    ['begins on the day after', cy('2026-05-21', '2026-05-25')],
    ['ends on the day before', cy('2026-05-01', '2026-05-09')],
    ['is the first with another last day', bo('2026-05-10', '2026-06-01')],
  ])('have none where the second %s', (_, second) => {
    expect(overlapping(second, [may])).toBeNull();
  });
});
