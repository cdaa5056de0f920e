import type { GoalRowOfList } from '@steward/shared/goals';
import { orderOf, orderText, sortedGoals } from './goal-order.js';

const row = (name: string, arrMinor: number | null, dueDay = '2026-05-01'): GoalRowOfList =>
  ({ account: { name, arrMinor }, goal: { name: 'Save', dueDay } }) as unknown as GoalRowOfList;
const names = (rows: readonly GoalRowOfList[]) => rows.map(({ account }) => account.name);

it('puts what is not known last, either way', () => {
  const rows = [row('a', null), row('b', 10), row('c', 20)];
  expect(names(sortedGoals(rows, { by: 'arr', down: true }))).toEqual(['c', 'b', 'a']);
  expect(names(sortedGoals(rows, { by: 'arr', down: false }))).toEqual(['b', 'c', 'a']);
});

it('keeps equal ones as they came', () => {
  const rows = [row('b', 1), row('a', 1), row('c', 1)];
  expect(names(sortedGoals(rows, { by: 'due', down: false }))).toEqual(['b', 'a', 'c']);
});

it('reads back what it writes into the address, and takes nonsense as the usual order', () => {
  expect(orderOf(orderText({ by: 'arr', down: true }))).toEqual({ by: 'arr', down: true });
  expect(orderText({ by: 'due', down: false })).toBeUndefined();
  expect(orderOf('nonsense:desc')).toEqual({ by: 'due', down: false });
});
