import type { ChartData } from './chart-data.js';
import { heatWords, lineWords, markWords, mixWords } from './chart-words.js';
import { seriesLook } from './series-look.js';

const aChart = (values: Record<string, (number | null)[]>, months = ['Oct 2026', 'Nov 2026']): ChartData => ({
  of: 'Month',
  columns: months.map((title) => ({ key: title, label: title, title })),
  series: Object.entries(values).map(([label, row], index) => ({
    key: label,
    label,
    look: seriesLook(index),
    cells: row.map((value) => ({ value })),
  })),
  format: { text: String, short: String, plain: (value) => value },
});

it('a course is told by its ends', () => {
  expect(lineWords(aChart({ 'Tier 1': [12, 15], 'Tier 2': [3, 3], 'Tier 3': [null, null] }))).toBe(
    'From Oct 2026 to Nov 2026: Tier 1 from 12 to 15, Tier 2 unchanged at 3, Tier 3 without a value.',
  );
});

it('what the months are compared with is told after them', () => {
  const { series, ...chart } = aChart({ 'Tier 1': [12, 15], 'Tier 2': [3, 3] });
  const compared = series.map((each) => ({ ...each, before: [{ value: 9 }, { value: 10 }] }));
  expect(lineWords({ ...chart, series: compared, before: 'October 2025 to November 2025' })).toBe(
    'From Oct 2026 to Nov 2026: Tier 1 from 12 to 15, Tier 2 unchanged at 3. Before, October 2025 to November 2025: Tier 1 from 9 to 10, Tier 2 from 9 to 10.',
  );
});

it('the months are those of which anything is known; a series that begins later or ends earlier says so', () => {
  const months = ['Aug 2026', 'Sep 2026', 'Oct 2026', 'Nov 2026'];
  expect(lineWords(aChart({ Accounts: [null, 12, 15, null] }, months))).toBe(
    'From Sep 2026 to Oct 2026: Accounts from 12 to 15.',
  );
  expect(lineWords(aChart({ a: [1, 2, 3, 4], b: [1, 2, null, null], c: [null, 5, 6, null] }, months))).toBe(
    'From Aug 2026 to Nov 2026: a from 1 to 4, b from 1 to 2 (last in Sep 2026), c from 5 to 6 (first in Sep 2026, last in Oct 2026).',
  );
});

it('what was known but once does not pass for a course', () => {
  expect(lineWords(aChart({ 'Tier 1': [null, 15] }))).toBe('In Nov 2026: Tier 1 15.');
  expect(lineWords(aChart({ 'Tier 1': [null, 15], 'Tier 2': [1, 2] }))).toBe(
    'From Oct 2026 to Nov 2026: Tier 1 only in Nov 2026, 15, Tier 2 from 1 to 2.',
  );
  expect(lineWords(aChart({ 'Tier 1': [15] }, ['Nov 2026']))).toBe('In Nov 2026: Tier 1 15.');
  expect(lineWords(aChart({}, []))).toBe('No months in this period.');
});

it('more than four courses are counted, not told', () => {
  const many = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((label) => [label, [1, 2]]));
  expect(lineWords(aChart(many))).toMatch(/d from 1 to 2 and 2 more\.$/);
});

it('a mix is told by the shares of the newest month that has any', () => {
  expect(mixWords(aChart({ 'At risk': [1, 3], Healthy: [4, 9], Unknown: [1, 0] }), 'account')).toBe(
    'Nov 2026: 3 at risk (25 %), 9 healthy (75 %), of 12 accounts.',
  );
  expect(mixWords(aChart({ Healthy: [0, 1] }), 'account')).toBe('Nov 2026: 1 healthy (100 %), of 1 account.');
  expect(mixWords(aChart({ 'At risk': [0, 0] }))).toBe('Nothing in this period.');
  expect(mixWords(aChart({ 'At risk': [2, null] }))).toMatch(/^Oct 2026: 2 at risk/);
});

it('a heat map is told by its highest and lowest cell', () => {
  const rows = [{ label: 'Reports' }, { label: 'API' }];
  const columns = [{ label: 'Tier 1' }, { label: 'Tier 4' }];
  const cells = [
    [{ value: 92 }, { value: 40 }],
    [{ value: 31 }, { value: 3 }],
  ];
  const text = (value: number) => `${value} %`;
  expect(heatWords({ rows, columns, cells, text })).toBe(
    'Highest: Reports in Tier 1, 92 %; lowest: API in Tier 4, 3 %.',
  );
  expect(heatWords({ rows, columns, cells: [[{ value: null }]], text })).toBe('No values to show.');
  expect(heatWords({ rows, columns, cells: [[{ value: 5 }, { value: 5 }]], text })).toBe('The same everywhere: 5 %.');
});

it('a mark says what it is, what it is made of, and what it was', () => {
  expect(markWords('Tier 1', 'April 2026', { value: 62, note: '31 of 50' }, String, { value: 55 })).toBe(
    'Tier 1, April 2026: 62 (31 of 50); before 55',
  );
  expect(markWords('Tier 1', 'April 2026', { value: null, why: 'nobody paid at the start' }, String)).toBe(
    'Tier 1, April 2026: no value, nobody paid at the start',
  );
});
