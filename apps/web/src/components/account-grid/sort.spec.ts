import { sortFromText, sortText } from './sort.js';

it('the order stands in the address', () => {
  const sort = [
    { field: 'health.score', direction: 'asc' as const },
    { field: 'account.arr', direction: 'desc' as const },
  ];
  expect(sortText(sort)).toBe('health.score:asc,account.arr:desc');
  expect(sortFromText(sortText(sort))).toEqual(sort);
});

it('what is no order is left out, and no more than three keys are taken', () => {
  expect(sortFromText('health.score:sideways,x,')).toEqual([]);
  expect(sortFromText('a:asc,b:asc,c:asc,d:asc')).toHaveLength(3);
  expect(sortText([])).toBeUndefined();
});
