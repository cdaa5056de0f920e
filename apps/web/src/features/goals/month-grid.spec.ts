import { addMonths, monthOf, monthTitle, weekdayOf, weeksOf } from './month-grid.js';

it('shows whole weeks from Monday to Sunday', () => {
  const weeks = weeksOf('2026-04');
  expect(weeks[0]).toEqual([
    '2026-03-30',
    '2026-03-31',
    '2026-04-01',
    '2026-04-02',
    '2026-04-03',
    '2026-04-04',
    '2026-04-05',
  ]);
  expect(weeks.at(-1)?.at(-1)).toBe('2026-05-03');
  expect(weeks.flat().every((day, index) => weekdayOf(day) === index % 7)).toBe(true);
});

it('has four weeks in a February that begins on a Monday, and a leap day where there is one', () => {
  expect(weeksOf('2027-02')).toHaveLength(4);
  expect(weeksOf('2028-02').flat()).toContain('2028-02-29');
});

it('goes across years, and takes what is no month as this one', () => {
  expect(addMonths('2026-12', 1)).toBe('2027-01');
  expect(addMonths('2026-01', -1)).toBe('2025-12');
  expect(monthOf('2026-13', '2026-04-15')).toBe('2026-04');
  expect(monthOf(undefined, '2026-04-15')).toBe('2026-04');
  expect(monthTitle('2026-04')).toBe('April 2026');
});
