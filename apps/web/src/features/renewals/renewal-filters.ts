import { BANDS, type Role } from '@steward/shared/common';
import { FORECAST_CATEGORIES, RENEWAL_STATES } from '@steward/shared/renewals';
import type { RenewalQuestion } from '../../components/renewal/get-renewals.js';
import { isIsoDay } from '../../lib/days.js';

export const RENEWALS_KEYS = [
  'scope',
  'from',
  'to',
  'state',
  'category',
  'band',
  'tier',
  'owner',
  'missing',
  'text',
  'page',
] as const;
export type RenewalsSearch = { [key in (typeof RENEWALS_KEYS)[number]]?: string | undefined };

export type RenewalScope = RenewalQuestion['scope'];
export const SCOPE_WORDS: Record<RenewalScope, string> = { mine: 'Mine', team: 'My team', all: 'All' };

/** Whose renewals each role comes for. */
export function usualScope(role: Role): RenewalScope {
  if (role === 'csm' || role === 'am') return 'mine';
  return role === 'manager' ? 'team' : 'all';
}

export const ROWS_AT_ONCE = 100;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const known = (text: string | undefined, members: readonly string[]): string | undefined => {
  const found = (text ?? '').split(',').filter((each) => members.includes(each));
  return found.length === 0 ? undefined : found.join(',');
};

/** What the address asks for; what it names wrongly is left out rather than refused. */
export function questionOfSearch(search: RenewalsSearch, role: Role): RenewalQuestion {
  const scope = Object.keys(SCOPE_WORDS).find((each) => each === search.scope) as RenewalScope | undefined;
  const from = isIsoDay(search.from) ? search.from : undefined;
  const to = isIsoDay(search.to) ? search.to : undefined;
  const turned = from !== undefined && to !== undefined && to < from;
  return {
    scope: scope ?? usualScope(role),
    from: turned ? to : from,
    to: turned ? from : to,
    state: known(search.state, RENEWAL_STATES),
    category: known(search.category, FORECAST_CATEGORIES),
    band: known(search.band, BANDS),
    tier: search.tier,
    owner: UUID.test(search.owner ?? '') ? search.owner : undefined,
    missing: search.missing === 'forecast' || search.missing === 'touch' ? search.missing : undefined,
    text: search.text,
    offset: /^\d{1,6}$/.test(search.page ?? '') ? Number(search.page) : 0,
    limit: ROWS_AT_ONCE,
  };
}

/** How many filters are set beyond whose renewals they are. */
export function filtersSet({ from, to, state, category, band, tier, owner, missing, text }: RenewalQuestion): number {
  const days = from !== undefined || to !== undefined ? 'days' : undefined;
  return [days, state, category, band, tier, owner, missing, text].filter((each) => each !== undefined && each !== '')
    .length;
}

export const NO_FILTERS: RenewalsSearch = Object.fromEntries(
  RENEWALS_KEYS.filter((key) => key !== 'scope').map((key) => [key, undefined]),
);
