import type { View } from '@steward/shared/views';
import { DEFAULT_SORT, type SortEntry, sortText } from '../../components/account-grid/sort.js';
import { filtersOfRule } from './filter-rule.js';
import { FILTER_KEYS, type FilterSearch, searchFromFilters } from './filters.js';

/** What the list shows, as text in its address: filters, sort, and columns by field. */
export type ListState = FilterSearch & { sort?: string; columns?: string };

/** The tab that is open: a view, a segment, or all accounts. */
export interface OpenTab {
  view?: string;
  segment?: string;
}

type ListSearch = ListState & OpenTab & { edited?: string };

const KEYS = [...FILTER_KEYS, 'sort', 'columns'] as const;
const USUAL_SORT = sortText(DEFAULT_SORT);

/** What is absent and what is usual leave no trace. */
function tidy(state: ListState): ListState {
  const given = KEYS.flatMap((key) => (state[key] === undefined || state[key] === '' ? [] : [[key, state[key]]]));
  return Object.fromEntries(given.filter(([key, value]) => key !== 'sort' || value !== USUAL_SORT)) as ListState;
}

export type KeptView = Pick<View, 'rule' | 'text' | 'columns' | 'sort'>;

const stateOfKept = (columns: readonly string[] | null, sort: readonly SortEntry[] | null) => ({
  sort: sort === null ? undefined : sortText(sort),
  columns: columns === null ? undefined : columns.join(','),
});

export const stateOfView = ({ rule, text, columns, sort }: KeptView): ListState =>
  tidy({
    ...searchFromFilters({ ...filtersOfRule(rule ?? { kind: 'all', rules: [] }), text }),
    ...stateOfKept(columns, sort),
  });

interface KeptSegment {
  id: string;
  columns: string[] | null;
  sort: SortEntry[] | null;
}

/** A segment opens as the condition to be in it, with columns and sort of its own. */
export const stateOfSegment = ({ id, columns, sort }: KeptSegment): ListState =>
  tidy({ more: `segment~has~${id}`, ...stateOfKept(columns, sort) });

const isTab = ({ view, segment }: OpenTab): boolean => view !== undefined || segment !== undefined;

/** What the address shows: of a tab that is not edited, what the tab keeps. */
export function stateInAddress(search: ListSearch, kept: ListState): ListState {
  return isTab(search) && search.edited === undefined ? kept : tidy(search);
}

export const sameState = (one: ListState, other: ListState): boolean => KEYS.every((key) => one[key] === other[key]);

/** The address of a state: that of the tab alone where nothing differs from what it keeps. */
export function addressOf({ view, segment }: OpenTab, state: ListState, kept: ListState): ListSearch {
  const next = tidy(state);
  const tab = { ...(view !== undefined && { view }), ...(segment !== undefined && { segment }) };
  if (!isTab(tab)) return next;
  return sameState(next, kept) ? tab : { ...tab, edited: '1', ...next };
}
