import type { RenewalRow, RenewalTotals } from '@steward/shared/renewals';

export interface RenewalGroup {
  /** `overdue`, or the month of the due date: `2026-04`. */
  key: string;
  rows: RenewalRow[];
}

/** Overdue ones on top, then by month, in the order in which they came. */
export function groupRows(rows: readonly RenewalRow[]): RenewalGroup[] {
  const groups = new Map<string, RenewalRow[]>();
  for (const row of rows) {
    const key = row.state === 'overdue' ? 'overdue' : row.dueOn.slice(0, 7);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups].map(([key, grouped]) => ({ key, rows: grouped }));
}

type Month = RenewalTotals['byMonth'][number];

/** All months between the first and the last, also those without a renewal: time does not jump on an axis. */
export function withEmptyMonths(months: readonly Month[]): { month: string; of: Month | null }[] {
  const [first] = months;
  const last = months.at(-1);
  if (first === undefined || last === undefined) return [];
  const found: { month: string; of: Month | null }[] = [];
  for (let month = first.month; month <= last.month; month = monthAfter(month)) {
    found.push({ month, of: months.find((each) => each.month === month) ?? null });
  }
  return found;
}

function monthAfter(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}
