import type { Behind } from '@steward/shared/report-filters';
import { partsText, type ReportPart } from '@steward/shared/report-parts';
import { searchTextOf } from '../../lib/search-text.js';
import { rulesText } from '../rule-builder/rule-text.js';

/** An address that opens what stands behind a mark. */
export interface Door {
  to: string;
  search: Record<string, string | undefined>;
}

/** The list of what a figure counts: accounts that meet a rule as of a day, or the list of revenue. */
export function doorOf(behind: (Behind & { parts?: readonly ReportPart[] }) | null): Door | null {
  if (behind === null) return null;
  // The day is named also where it is absent, so that the page's own does not go along.
  if (behind.kind === 'revenue') {
    return { to: '/portfolio/revenue', search: { ...behind.search, asOf: behind.search.asOf } };
  }
  const { rule, asOf, parts = [] } = behind;
  const rules = rule.kind === 'all' ? rule.rules : [rule];
  const search = { more: rulesText(rules) || undefined, parts: partsText(parts) || undefined, asOf: asOf ?? undefined };
  return { to: '/accounts', search };
}

export const hrefOf = ({ to, search }: Door): string => `${to}${searchTextOf(search)}`;
