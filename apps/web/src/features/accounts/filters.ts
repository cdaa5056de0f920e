import type { AccountStatus, Band } from '@steward/shared/common';
import { partsFromText, partsText, type ReportPart } from '@steward/shared/report-parts';
import type { Rule } from '@steward/shared/rules';
import { rulesOf, rulesText } from '../../components/rule-builder/rule-text.js';

/** The filter bar's state. It lives in the address, so that a reload and a sent link show the same. */
export interface AccountFilters {
  text: string;
  bands: Band[];
  tiers: string[];
  stages: string[];
  statuses: AccountStatus[];
  /** User ids, `me` for the signed-in person, `none` for accounts without an owner. */
  owners: string[];
  /** Major units of the workspace's currency, both ends included. */
  arrFrom: number | null;
  arrTo: number | null;
  /** Renewal in the next n days, or past its date. */
  renewal: number | 'overdue' | null;
  /** All else, in the rule language. */
  more: Rule[];
  /** What a figure of a report asks besides, such as a move between two days. */
  parts: ReportPart[];
}

export const NO_FILTERS: AccountFilters = {
  text: '',
  bands: [],
  tiers: [],
  stages: [],
  statuses: [],
  owners: [],
  arrFrom: null,
  arrTo: null,
  renewal: null,
  more: [],
  parts: [],
};

export const FILTER_KEYS = [
  'text',
  'band',
  'tier',
  'stage',
  'status',
  'owner',
  'arr',
  'renewal',
  'more',
  'parts',
] as const;
export type FilterSearch = Partial<Record<(typeof FILTER_KEYS)[number], string>>;

const BANDS: readonly Band[] = ['at_risk', 'watch', 'healthy', 'unknown'];
const STATUSES: readonly AccountStatus[] = ['prospect', 'trial', 'customer', 'churned'];

const list = (text: string | undefined): string[] => (text ?? '').split(',').filter((each) => each !== '');
const members = <T extends string>(text: string | undefined, known: readonly T[]): T[] =>
  list(text).filter((each): each is T => (known as readonly string[]).includes(each));

function amount(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}(\.\d+)?$/.test(text) ? Number(text) : null;
}

/** Unknown members and broken numbers of a typed address are left out rather than refused. */
export function filtersFromSearch(search: FilterSearch): AccountFilters {
  const [arrFrom, arrTo] = (search.arr ?? '').split('..');
  const days = /^\d{1,4}$/.test(search.renewal ?? '') ? Number(search.renewal) : null;
  return {
    text: search.text ?? '',
    bands: members(search.band, BANDS),
    tiers: list(search.tier),
    stages: list(search.stage),
    statuses: members(search.status, STATUSES),
    owners: list(search.owner),
    arrFrom: amount(arrFrom),
    arrTo: amount(arrTo),
    renewal: search.renewal === 'overdue' ? 'overdue' : days,
    more: rulesOf(search.more),
    parts: partsFromText(search.parts ?? '') ?? [],
  };
}

const orAbsent = (text: string): string | undefined => (text === '' ? undefined : text);

export function searchFromFilters(filters: AccountFilters): FilterSearch {
  const { arrFrom, arrTo } = filters;
  return {
    text: orAbsent(filters.text),
    band: orAbsent(filters.bands.join(',')),
    tier: orAbsent(filters.tiers.join(',')),
    stage: orAbsent(filters.stages.join(',')),
    status: orAbsent(filters.statuses.join(',')),
    owner: orAbsent(filters.owners.join(',')),
    arr: arrFrom === null && arrTo === null ? undefined : `${arrFrom ?? ''}..${arrTo ?? ''}`,
    renewal: filters.renewal === null ? undefined : String(filters.renewal),
    more: orAbsent(rulesText(filters.more)),
    parts: orAbsent(partsText(filters.parts)),
  };
}

export const isFiltered = (filters: AccountFilters): boolean =>
  Object.values(searchFromFilters(filters)).some((value) => value !== undefined);
