/** So many times a value. */
export interface Counted {
  value: number;
  count: number;
}

/**
 * The p-quantile (0–1) of the values, between two neighbours in proportion: at position p × (n − 1) of the n values in
 * order, as PostgreSQL's percentile_cont. The median is that of 0.5: of an even number the mean of the two in the middle.
 * Null: no values.
 */
export function quantile(values: readonly Counted[], p: number): number | null {
  const sorted = [...values].filter(({ count }) => count > 0).sort((a, b) => a.value - b.value);
  const n = sorted.reduce((sum, { count }) => sum + count, 0);
  if (n === 0) return null;
  const position = p * (n - 1);
  const below = at(sorted, Math.floor(position));
  const above = at(sorted, Math.ceil(position));
  return below + (above - below) * (position - Math.floor(position));
}

/** The value at a place (from 0) of the values in order. */
function at(sorted: readonly Counted[], place: number): number {
  let seen = 0;
  for (const { value, count } of sorted) {
    seen += count;
    if (place < seen) return value;
  }
  return sorted.at(-1)?.value ?? Number.NaN;
}

export const median = (values: readonly Counted[]): number | null => quantile(values, 0.5);
