import { addMonths, monthsFromTo, monthsIn } from './months.js';
import { comparedMonths, filtersSet, queryOf, reportQuestion, usualPeriods } from './report-search.js';

const TODAY = '2026-11-22';

it('without any filter it is the twelve months that end with the running one', () => {
  expect(reportQuestion({}, TODAY)).toMatchObject({
    from: '2025-12',
    to: '2026-11',
    tierMode: 'then',
    ownerMode: 'now',
  });
});

it('as of a day the months end with its own', () => {
  expect(reportQuestion({ asOf: '2026-04-15' }, TODAY)).toMatchObject({
    from: '2025-05',
    to: '2026-04',
    asOf: '2026-04-15',
  });
  expect(reportQuestion({ asOf: '2026-04-15', from: '2026-01', to: '2026-09' }, TODAY)).toMatchObject({
    from: '2026-01',
    to: '2026-04',
  });
});

it('an address that is mistyped is read as far as it makes sense', () => {
  const search = {
    from: '2026-13',
    to: 'soon',
    tier: 'T1,,<x>',
    segment: '7',
    owner: 'me',
    tierMode: 'later',
    compare: 'x',
  };
  expect(reportQuestion(search, TODAY)).toEqual({
    ...reportQuestion({}, TODAY),
    tier: ['T1'],
  });
});

it('months in reverse are turned, months to come are not asked for, and no more than five years are', () => {
  expect(reportQuestion({ from: '2026-08', to: '2026-03' }, TODAY)).toMatchObject({ from: '2026-03', to: '2026-08' });
  expect(reportQuestion({ from: '2027-01', to: '2027-04' }, TODAY)).toMatchObject({ from: '2026-11', to: '2026-11' });
  expect(reportQuestion({ from: '2001-01', to: '2026-11' }, TODAY)).toMatchObject({ from: '2021-12', to: '2026-11' });
});

it('the question says of itself how many filters leave accounts out', () => {
  expect(filtersSet(reportQuestion({ tierMode: 'now', compare: 'before', from: '2026-01' }, TODAY))).toBe(0);
  const filtered = reportQuestion({ tier: 'T1,none', region: 'EMEA' }, TODAY);
  expect(filtersSet(filtered)).toBe(2);
  expect(queryOf(filtered)).toMatchObject({ tier: 'T1,none', region: 'EMEA' });
});

it('months add up over years', () => {
  expect(addMonths('2026-01', -1)).toBe('2025-12');
  expect(addMonths('2025-12', 13)).toBe('2027-01');
  expect(monthsIn('2025-12', '2026-11')).toBe(12);
  expect(monthsFromTo('2025-11', '2026-02')).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
  expect(monthsFromTo('2026-02', '2026-01')).toEqual([]);
});

it('offers the periods that are asked for most', () => {
  expect(usualPeriods('2026-11').map(({ from, to }) => `${from} ${to}`)).toEqual([
    '2026-09 2026-11',
    '2026-06 2026-11',
    '2025-12 2026-11',
    '2024-12 2026-11',
    '2026-01 2026-11',
    '2025-01 2025-12',
  ]);
});

it('compares with as many months before, or with the same a year earlier', () => {
  const period = { from: '2026-09', to: '2026-11' };
  expect(comparedMonths({ ...period, compare: 'before' })).toEqual({ from: '2026-06', to: '2026-08' });
  expect(comparedMonths({ ...period, compare: 'yearBefore' })).toEqual({ from: '2025-09', to: '2025-11' });
  expect(comparedMonths({ ...period, compare: undefined })).toBeNull();
});
