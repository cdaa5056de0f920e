import type { Behind } from '@steward/shared/report-filters';
import { partsText, type ReportPart } from '@steward/shared/report-parts';
import type { Rule } from '@steward/shared/rules';
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
  const { plain, others } = plainFilters(rule.kind === 'all' ? rule.rules : [rule]);
  const more = rulesText(others) || undefined;
  return {
    to: '/accounts',
    search: { ...plain, more, parts: partsText(parts) || undefined, asOf: asOf ?? undefined },
  };
}

const PLAIN_FILTERS: Record<string, string> = {
  'account.status': 'status',
  'health.band': 'band',
  tier: 'tier',
  stage: 'stage',
};

/** What the account list has a filter of its own for is set there, where a person finds and changes it. */
function plainFilters(rules: readonly Rule[]): { plain: Record<string, string>; others: Rule[] } {
  const plain: Record<string, string> = {};
  const others = rules.filter((rule) => {
    if (rule.kind !== 'compare' || (rule.op !== 'eq' && rule.op !== 'in')) return true;
    const key = PLAIN_FILTERS[rule.field];
    const values = Array.isArray(rule.value) ? rule.value : [rule.value];
    if (key === undefined || plain[key] !== undefined) return true;
    if (values.length === 0 || !values.every((value) => /^[\w-]+$/.test(String(value)))) return true;
    plain[key] = values.join(',');
    return false;
  });
  return { plain, others };
}

export const hrefOf = ({ to, search }: Door): string => `${to}${searchTextOf(search)}`;
