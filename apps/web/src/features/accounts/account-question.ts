import type { AccountQuestion } from '../../components/account-grid/count-accounts.js';
import { ruleOfFilters } from './filter-rule.js';
import { type AccountFilters, filtersFromSearch } from './filters.js';

/** The filters as a question to the server; they come as text, so that the same filters are the same question. */
export function questionOf(
  filterText: string,
  asOf: string | undefined,
  myId: string,
  bands?: AccountFilters['bands'],
): AccountQuestion {
  const current = filtersFromSearch(JSON.parse(filterText) as Record<string, string>);
  const filters = bands === undefined ? current : { ...current, bands };
  const { text, parts } = current;
  return { rule: ruleOfFilters(filters, myId), text, asOf: asOf ?? null, ...(parts.length > 0 && { parts }) };
}
