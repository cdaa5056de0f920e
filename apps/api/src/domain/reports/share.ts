/** part ÷ of, from 0 to 1. Null: there is nothing to take a share of. */
export function shareOf(part: number, of: number): number | null {
  return of === 0 ? null : part / of;
}

/** A share of 0 to 1 in per cent, to 0.01. Null: there is none. */
export function inPerCent(share: number | null): number | null {
  return share === null ? null : Math.round(share * 10_000) / 100;
}

/** part ÷ of × 100, in per cent, to 0.01. Null: there is nothing to take a share of. */
export const perCentOf = (part: number, of: number): number | null => inPerCent(shareOf(part, of));

/** sum ÷ n, to 0.01. Null: of nothing. */
export function meanOf(sum: number, n: number): number | null {
  return n === 0 ? null : Math.round((sum / n) * 100) / 100;
}

/** The sum of what is known; null: nothing is. */
export function sumOfKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}
