import fc from 'fast-check';
import { axisWords, niceTicks, stackEnds, waterfallBars } from './chart-scale.js';

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

it('shares that add up to 100 % but for the last binary digit still end there', () => {
  expect(niceTicks([100 + 1e-13], { most: 100 }).at(-1)).toBe(100);
});

it('shares that are all 0 stand on an axis of shares, those that are all the same rise from 0', () => {
  expect(niceTicks([0, 0], { most: 100 })).toEqual([0, 25, 50, 75, 100]);
  expect(niceTicks([100, 100], { fromZero: false })).toEqual([0, 25, 50, 75, 100]);
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

it('what came is stacked above 0, what went below, and nothing is nowhere', () => {
  expect(stackEnds([10, -4, null, 0, 5, -1])).toEqual([-5, 15]);
  expect(stackEnds([null])).toEqual([0, 0]);
});

it('each step of a waterfall begins where the one before it ended', () => {
  const steps = [
    { value: 100, total: true },
    { value: 30, total: false },
    { value: -50, total: false },
    { value: 80, total: true },
  ];
  expect(waterfallBars(steps)).toEqual([
    [0, 100],
    [100, 130],
    [130, 80],
    [0, 80],
  ]);
});

it('every word of an axis is shown: in one row, in two, or cut short, but never left out', () => {
  const words = ['Start', 'New', 'Expansion', 'Reactivation', 'Contraction', 'Churn', 'End'];
  expect(axisWords(words, 90)).toEqual({ rows: 1, words });
  expect(axisWords(words, 48)).toEqual({ rows: 2, words });
  const tight = axisWords(words, 30);
  expect(tight.rows).toBe(2);
  expect(tight.words.map((word) => word.slice(0, 2))).toEqual(words.map((word) => word.slice(0, 2)));
  expect(tight.words[3]).toBe('Reactiva…');
  expect(axisWords(words, 0).words.every((word) => word.length > 0)).toBe(true);
});

it('shares that rounding adds up to a little more than 100 % do not lengthen the axis', () => {
  expect(niceTicks([0, 33.4 * 3 - 0.19], { most: 100 })).toEqual([0, 25, 50, 75, 100]);
  expect(niceTicks([0, 104], { most: 100 }).at(-1)).toBeGreaterThan(100);
});

it('a value just above a round number does not leave a third of the axis empty', () => {
  expect(niceTicks([0, 100.3])).toEqual([0, 25, 50, 75, 100, 125]);
});
