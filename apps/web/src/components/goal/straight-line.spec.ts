import type { GoalDetail } from '@steward/shared/goals';
import { goalPoints, lineAt } from './straight-line.js';

const goal = {
  startDay: '2026-03-01',
  dueDay: '2026-03-11',
  baseline: 40,
  target: { kind: 'signal', field: 'health.score', op: 'gte', value: 70 } as GoalDetail['target'],
};

it('runs from the baseline on the start to the target on the due day', () => {
  expect(lineAt(goal, '2026-03-01')).toBe(40);
  expect(lineAt(goal, '2026-03-06')).toBe(55);
  expect(lineAt(goal, '2026-03-11')).toBe(70);
});

it('falls where less is better', () => {
  const fewer = { ...goal, baseline: 12, target: { ...goal.target, op: 'lte', value: 2 } as GoalDetail['target'] };
  expect(lineAt(fewer, '2026-03-06')).toBe(7);
});

it('is nowhere outside the time of the goal, without a baseline, and where nothing is measured', () => {
  expect(lineAt(goal, '2026-02-28')).toBeNull();
  expect(lineAt(goal, '2026-03-12')).toBeNull();
  expect(lineAt({ ...goal, baseline: null }, '2026-03-06')).toBeNull();
  expect(lineAt({ ...goal, target: { kind: 'tasks' } }, '2026-03-06')).toBeNull();
});

it('shows the measured days and the end of the line, each day once', () => {
  const series = [
    { day: '2026-03-01', value: 40 },
    { day: '2026-03-02', value: null },
    { day: '2026-03-03', value: 44 },
  ];
  expect(goalPoints({ ...goal, series }).map(({ day, value, line }) => [day, value, line])).toEqual([
    ['2026-03-01', 40, 40],
    ['2026-03-02', null, 43],
    ['2026-03-03', 44, 46],
    ['2026-03-11', null, 70],
  ]);
  const whole = goalPoints({
    ...goal,
    series: [
      { day: '2026-03-01', value: 40 },
      { day: '2026-03-11', value: 71 },
    ],
  });
  expect(whole).toHaveLength(2);
});
