import { sparkSegments, sparkSummary } from './sparkline-path.js';

const box = { width: 60, height: 20, pad: 0 };

it('runs from edge to edge, higher values higher up', () => {
  const [segment] = sparkSegments([0, 50, 100], box);
  expect(segment).toEqual([
    { x: 0, y: 20 },
    { x: 30, y: 10 },
    { x: 60, y: 0 },
  ]);
});

it('breaks where a value is missing', () => {
  const segments = sparkSegments([10, null, 30, 40], box);
  expect(segments.map((segment) => segment.length)).toEqual([1, 2]);
});

it('does not make a wobble look like a fall', () => {
  const [segment] = sparkSegments([60, 59], box);
  expect(Math.abs((segment?.[0]?.y ?? 0) - (segment?.[1]?.y ?? 0))).toBeLessThanOrEqual(1);
});

it('draws nothing without values, and one value without dividing by zero', () => {
  expect(sparkSegments([null, null], box)).toEqual([]);
  expect(sparkSegments([42], box)).toEqual([[{ x: 0, y: 10 }]]);
});

it('says in words what it shows', () => {
  expect(sparkSummary([62.9, null, 41, 48.2])).toBe('from 62 to 48, lowest 41');
  expect(sparkSummary([null])).toBe('no scores');
});
