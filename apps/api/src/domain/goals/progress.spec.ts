import fc from 'fast-check';
import { toDay } from '../calendar/day.js';
import { elapsedShare, meets, type NumericTarget, progressOf, progressOfTasks } from './progress.js';

const atLeast = (value: number) => ({ op: 'gte', value }) as const;
const atMost = (value: number) => ({ op: 'lte', value }) as const;

describe('progress', () => {
  it.each<[NumericTarget, number | null, number | null, number | null, string]>([
    [atLeast(70), 40, 40, 0, 'nothing yet'],
    [atLeast(70), 40, 55, 0.5, 'half the way up'],
    [atLeast(70), 40, 85, 1.5, 'beyond the target'],
    [atLeast(70), 40, 31, -0.3, 'the wrong way'],
    [atMost(2), 10, 6, 0.5, 'half the way down'],
    [atLeast(0), -50, -25, 0.5, 'from below zero'],
    [atLeast(70), 80, 75, 1, 'a first value that met it, and still does'],
    [atLeast(70), 80, 60, 0, 'a first value that met it, and does no more'],
    [atLeast(70), null, 60, null, 'no baseline'],
    [atLeast(70), 40, null, null, 'no value'],
  ])('%j from %s at %s is %s: %s', (target, baseline, value, progress) => {
    expect(progressOf(target, baseline, value)).toBe(progress);
  });

  it('reaches 1 exactly where the target is met', () => {
    const whole = fc.integer({ min: -1_000, max: 1_000 });
    fc.assert(
      fc.property(fc.constantFrom('gte' as const, 'lte' as const), whole, whole, whole, (op, goal, baseline, value) => {
        const target = { op, value: goal };
        const progress = progressOf(target, baseline, value) as number;
        expect(progress >= 1).toBe(meets(target, value));
        expect(Number.isFinite(progress)).toBe(true);
      }),
    );
  });

  it('of tasks is the share of the required ones that are done', () => {
    expect(progressOfTasks({ required: 4, requiredDone: 1 })).toBe(0.25);
    expect(progressOfTasks({ required: 0, requiredDone: 0 })).toBeNull();
  });

  it('passes from 0 at the start to 1 on the due day', () => {
    const share = (day: string) => elapsedShare(toDay('2026-03-01'), toDay('2026-03-11'), toDay(day));
    expect([
      share('2026-02-01'),
      share('2026-03-01'),
      share('2026-03-06'),
      share('2026-03-11'),
      share('2027-01-01'),
    ]).toEqual([0, 0, 0.5, 1, 1]);
    expect(elapsedShare(toDay('2026-03-01'), toDay('2026-03-01'), toDay('2026-03-01'))).toBe(1);
  });
});
