import { formatPercent } from '../../lib/format.js';
import type { ChartCell, ChartData, ChartSeries } from './chart-data.js';

/** What charts say in a sentence, for those who do not see them and for those who want it at once. */

const MOST_NAMED = 4;

/** "From Dec 2025 to Nov 2026: Tier 1 from 12 to 15, Tier 2 unchanged at 3." */
export function lineWords({ columns, series, format }: ChartData): string {
  const first = columns[0];
  const last = columns.at(-1);
  if (first === undefined || last === undefined) return 'No months in this period.';
  const words = series.map((each) => `${each.label} ${courseWords(each, format.text)}`);
  const named = enumerate(words, MOST_NAMED);
  return columns.length === 1 ? `In ${first.title}: ${named}.` : `From ${first.title} to ${last.title}: ${named}.`;
}

/** From the first known value to the last. */
function courseWords({ cells }: ChartSeries, text: (value: number) => string): string {
  const known = cells.flatMap(({ value }) => (value === null ? [] : [value]));
  const [first] = known;
  const last = known.at(-1);
  if (first === undefined || last === undefined) return 'without a value';
  if (known.length === 1 && cells.length > 1) return `only once known, ${text(first)}`;
  if (text(first) === text(last)) return known.length === 1 ? text(last) : `unchanged at ${text(last)}`;
  return `from ${text(first)} to ${text(last)}`;
}

/** "Nov 2026: 3 at risk (10 %), 12 healthy (40 %), of 30." What is added up at the last column that has any. */
export function mixWords({ columns, series, format }: ChartData, what = ''): string {
  const index = columns.findLastIndex((_, at) => series.some(({ cells }) => (cells[at]?.value ?? 0) !== 0));
  const column = columns[index];
  if (column === undefined) return 'Nothing in this period.';
  const parts = series.flatMap(({ label, cells }) => {
    const value = cells[index]?.value ?? 0;
    return value === 0 ? [] : [{ label, value }];
  });
  const total = parts.reduce((sum, { value }) => sum + value, 0);
  const words = parts.map(
    ({ label, value }) => `${format.text(value)} ${label.toLowerCase()} (${formatPercent((100 * value) / total)})`,
  );
  return `${column.title}: ${enumerate(words, 6)}, of ${format.text(total)}${what === '' ? '' : ` ${what}`}.`;
}

interface HeatWords {
  rows: readonly { label: string }[];
  columns: readonly { label: string }[];
  cells: readonly (readonly ChartCell[])[];
  text: (value: number) => string;
}

/** "Highest: Reports in Tier 1, 92 %; lowest: API in Tier 4, 3 %." */
export function heatWords({ rows, columns, cells, text }: HeatWords): string {
  const known = cells.flatMap((row, y) =>
    row.flatMap(({ value }, x) =>
      value === null ? [] : [{ value, words: `${rows[y]?.label} in ${columns[x]?.label}, ${text(value)}` }],
    ),
  );
  const [first] = known;
  if (first === undefined) return 'No values to show.';
  const high = known.reduce((a, b) => (b.value > a.value ? b : a));
  const low = known.reduce((a, b) => (b.value < a.value ? b : a));
  if (high.value === low.value) return `The same everywhere: ${text(high.value)}.`;
  return `Highest: ${high.words}; lowest: ${low.words}.`;
}

/** "a, b and 3 more" */
export function enumerate(words: readonly string[], most: number): string {
  if (words.length <= most) return words.join(', ');
  return `${words.slice(0, most).join(', ')} and ${words.length - most} more`;
}

/** One mark in words: "Tier 1, April 2026: 12 accounts (3 of 25); before 11". */
export function markWords(
  seriesLabel: string,
  columnTitle: string,
  { value, note, why }: ChartCell,
  text: (value: number) => string,
  before?: ChartCell,
): string {
  const shown = value === null ? `no value${why ? `, ${why}` : ''}` : text(value);
  const made = note ? ` (${note})` : '';
  const was = before?.value === undefined || before.value === null ? '' : `; before ${text(before.value)}`;
  return `${seriesLabel}, ${columnTitle}: ${shown}${made}${was}`;
}
