import { formatPercent, plural } from '../../lib/format.js';
import type { ChartCell, ChartData, ChartSeries } from './chart-data.js';

/** What charts say in a sentence, for those who do not see them and for those who want it at once. */

const MOST_NAMED = 4;

/**
 * "From Dec 2025 to Nov 2026: Tier 1 from 12 to 15, Tier 2 unchanged at 3. Before, December 2024 to November 2025: …"
 * The months are those from the first value to the last; a series that begins later or ends earlier says so.
 */
export function lineWords({ columns, series, before, format }: ChartData): string {
  const whole = knownSpan(columns.map((_, at) => series.some(({ cells }) => hasValue(cells[at]))));
  const { first, last } = whole ?? { first: 0, last: columns.length - 1 };
  const [from, to] = [columns[first], columns[last]];
  if (from === undefined || to === undefined) return 'No months in this period.';
  const named = (wordsOf: (each: ChartSeries) => string) =>
    enumerate(
      series.map((each) => `${each.label} ${wordsOf(each)}`),
      MOST_NAMED,
    );
  const now = named(({ cells }) => {
    const own = knownSpan(cells.map(hasValue));
    const words = courseWords(cells, format.text);
    if (own === null || (own.first === first && own.last === last)) return words;
    if (own.first === own.last) return `only in ${columns[own.first]?.title}, ${words}`;
    const since = own.first > first ? `first in ${columns[own.first]?.title}` : null;
    const until = own.last < last ? `last in ${columns[own.last]?.title}` : null;
    return `${words} (${[since, until].filter((each) => each !== null).join(', ')})`;
  });
  const months = first === last ? `In ${from.title}` : `From ${from.title} to ${to.title}`;
  const then = named(({ before: cells = [] }) => courseWords(cells, format.text));
  return `${months}: ${now}.${before === undefined ? '' : ` Before, ${before}: ${then}.`}`;
}

const hasValue = (cell: ChartCell | undefined): boolean => cell !== undefined && cell.value !== null;

/** First and last place of what is known; null: nothing is. */
function knownSpan(isKnown: readonly boolean[]): { first: number; last: number } | null {
  const first = isKnown.indexOf(true);
  return first < 0 ? null : { first, last: isKnown.lastIndexOf(true) };
}

/** From the first known value to the last. */
function courseWords(cells: readonly ChartCell[], text: (value: number) => string): string {
  const known = cells.flatMap(({ value }) => (value === null ? [] : [value]));
  const [first] = known;
  const last = known.at(-1);
  if (first === undefined || last === undefined) return 'without a value';
  if (text(first) === text(last)) return known.length === 1 ? text(last) : `unchanged at ${text(last)}`;
  return `from ${text(first)} to ${text(last)}`;
}

/**
 * "Nov 2026: 3 at risk (10 %), 12 healthy (40 %), of 30." What is added up at the last column that has any.
 * @param one what is counted, as of one of them
 */
export function mixWords({ columns, series, format }: ChartData, one?: string): string {
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
  return `${column.title}: ${enumerate(words, 6)}, of ${one === undefined ? format.text(total) : plural(total, one)}.`;
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
