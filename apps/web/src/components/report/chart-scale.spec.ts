import fc from 'fast-check';
import { labelStep, niceTicks, scaleOf, stackParts } from './chart-scale.js';

it('an axis runs over the values in round steps and holds 0', () => {
  expect(niceTicks([12, 37])).toEqual([0, 10, 20, 30, 40]);
  expect(niceTicks([-30, 50])).toEqual([-40, -20, 0, 20, 40, 60]);
});

it('an axis of things that are counted has no halves', () => {
  expect(niceTicks([1, 2], { whole: true })).toEqual([0, 1, 2]);
});

it('shares end at 100 %, unless one is above', () => {
  expect(niceTicks([97], { most: 100 }).at(-1)).toBeLessThanOrEqual(100);
  expect(niceTicks([130], { most: 100 }).at(-1)).toBeGreaterThanOrEqual(130);
});

it('nothing at all, and nothing but zeros, still have an axis', () => {
  expect(niceTicks([])).toEqual([0, 1]);
  expect(niceTicks([0, 0]).at(-1)).toBeGreaterThan(0);
});

it('every axis spans its values, and is never of length 0', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.integer({ min: -1e12, max: 1e12 }).map((cents) => cents / 100),
        { minLength: 1, maxLength: 20 },
      ),
      fc.boolean(),
      (values, fromZero) => {
        const ticks = niceTicks(values, { fromZero });
        const [low = 0] = ticks;
        const high = ticks.at(-1) ?? 0;
        const slack = 1e-6 * Math.max(1, Math.abs(low), Math.abs(high));
        expect(high).toBeGreaterThan(low);
        expect(low).toBeLessThanOrEqual(Math.min(...values) + slack);
        expect(high).toBeGreaterThanOrEqual(Math.max(...values) - slack);
        expect(ticks.length).toBeLessThan(12);
      },
    ),
  );
});

it('the first tick stands at the start, the last at the end', () => {
  const y = scaleOf([0, 50, 100], 180, 10);
  expect([y(0), y(100), y(50)]).toEqual([180, 10, 95]);
});

it('labels that would touch are left out', () => {
  expect(labelStep(12, 600, 40)).toBe(1);
  expect(labelStep(24, 600, 40)).toBe(2);
  expect(labelStep(0, 600, 40)).toBe(1);
});

it('what came is stacked above 0, what went below, and nothing has no part', () => {
  expect(stackParts([10, -4, null, 0, 5, -1])).toEqual([
    { series: 0, from: 0, to: 10 },
    { series: 1, from: 0, to: -4 },
    { series: 4, from: 10, to: 15 },
    { series: 5, from: -4, to: -5 },
  ]);
});
