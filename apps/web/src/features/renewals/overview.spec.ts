import { FORECAST_CATEGORIES, type RenewalRow, type RenewalTotals } from '@steward/shared/renewals';
import { daysWords } from './days-filter.js';
import { groupRows, withEmptyMonths } from './group-rows.js';
import { overviewSummary } from './overview-summary.js';

type Month = RenewalTotals['byMonth'][number];

const categories = (likelyMinor: number | null): Month['byCategory'] =>
  FORECAST_CATEGORIES.map((category) => ({
    category,
    renewals: category === 'likely' && likelyMinor !== null ? 1 : 0,
    amountMinor: category === 'likely' ? likelyMinor : null,
    weightedMinor: null,
  }));

const month = (name: string, likelyMinor: number | null): Month => ({
  month: name,
  renewals: 1,
  amountMinor: likelyMinor,
  weightedMinor: null,
  atRiskMinor: null,
  renewedMinor: null,
  lostMinor: null,
  byState: { upcoming: 1, overdue: 0, renewed: 0, renewedSmaller: 0, lost: 0 },
  byCategory: categories(likelyMinor),
});

const totals = (months: Month[], likelyMinor: number | null): RenewalTotals => ({
  renewals: months.length,
  amountMinor: likelyMinor,
  weightedMinor: null,
  atRiskMinor: null,
  overdue: { renewals: 0, amountMinor: null },
  missingForecast: 0,
  missingTouch: 0,
  byCategory: categories(likelyMinor),
  byMonth: months,
  knownChurn: [],
});

const row = (dueOn: string, state: RenewalRow['state']) => ({ dueOn, state }) as RenewalRow;

it('stands overdue ones on top and the rest by month', () => {
  const rows = [row('2026-03-20', 'overdue'), row('2026-04-02', 'renewed'), row('2026-04-20', 'upcoming')];
  expect(groupRows(rows).map(({ key, rows: of }) => [key, of.length])).toEqual([
    ['overdue', 1],
    ['2026-04', 2],
  ]);
});

it('leaves no month out between the first and the last, over the turn of a year', () => {
  const months = withEmptyMonths([month('2026-11', 1), month('2027-02', 1)]);
  expect(months.map(({ month: name, of }) => [name, of !== null])).toEqual([
    ['2026-11', true],
    ['2026-12', false],
    ['2027-01', false],
    ['2027-02', true],
  ]);
  expect(withEmptyMonths([])).toEqual([]);
});

it('says in words what the chart shows', () => {
  expect(overviewSummary(totals([month('2026-04', 100_000), month('2026-06', 500_000)], 600_000), 'USD')).toBe(
    '1 open renewal: likely $6,000. The largest month is June 2026 with $5,000.',
  );
  expect(overviewSummary(totals([], null), 'USD')).toBe('Nothing that is due is still open.');
});

it('calls a whole month by its name, and other days by their ends', () => {
  expect(daysWords({})).toBe('Next 12 months');
  expect(daysWords({ from: '2026-04-01', to: '2026-04-30' })).toBe('April 2026');
  expect(daysWords({ from: '2026-04-10', to: '2026-04-30' })).toBe('10 Apr 2026 to 30 Apr 2026');
  expect(daysWords({ from: '2026-04-10' })).toBe('From 10 Apr 2026');
});
