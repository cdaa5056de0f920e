import { formatDay } from '../../lib/days.js';

/** First, last, lowest and highest value of a line in one sentence, for those who do not see it. */
export function seriesSummary(
  label: string,
  days: readonly string[],
  values: readonly (number | null)[],
  format: (value: number) => string,
): string {
  const points = days.flatMap((day, index) => {
    const value = values[index];
    return value === null || value === undefined ? [] : [{ day, value }];
  });
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return `${label}: no values in this time.`;
  const low = points.reduce((a, b) => (b.value < a.value ? b : a));
  const high = points.reduce((a, b) => (b.value > a.value ? b : a));
  return `${label}: ${format(first.value)} on ${formatDay(first.day)}, ${format(last.value)} on ${formatDay(last.day)}; lowest ${format(low.value)} on ${formatDay(low.day)}, highest ${format(high.value)} on ${formatDay(high.day)}.`;
}
