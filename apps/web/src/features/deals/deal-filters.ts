import type { Role } from '@steward/shared/common';
import { DEAL_KINDS } from '@steward/shared/deals';
import type { BoardQuestion, DealQuestion } from '../../components/deal/get-deals.js';
import { isIsoDay } from '../../lib/days.js';

type DealsKey = 'show' | 'scope' | 'kind' | 'owner' | 'text' | 'stage' | 'from' | 'to' | 'page' | 'open';
export type DealsSearch = { [key in DealsKey]?: string | undefined };

export const SHOWS = ['board', 'list', 'unbilled', 'ended'] as const;
export type Show = (typeof SHOWS)[number];
export const SHOW_WORDS: Record<Show, string> = {
  board: 'Board',
  list: 'List',
  unbilled: 'Won, not yet billed',
  ended: 'Won and lost',
};

export type DealScope = BoardQuestion['scope'];
export const SCOPE_WORDS: Record<DealScope, string> = { mine: 'Mine', team: 'My team', all: 'All' };

/** Whose deals each role comes for. */
export function usualScope(role: Role): DealScope {
  if (role === 'csm' || role === 'am') return 'mine';
  return role === 'manager' ? 'team' : 'all';
}

export const ROWS_AT_ONCE = 50;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const known = (text: string | undefined, members: readonly string[]): string | undefined => {
  const found = (text ?? '').split(',').filter((each) => members.includes(each));
  return found.length === 0 ? undefined : found.join(',');
};

export const showOf = (search: DealsSearch): Show => SHOWS.find((show) => show === search.show) ?? 'board';

/** What the board is asked for; what the address names wrongly is left out rather than refused. */
export function boardQuestion(search: DealsSearch, role: Role): BoardQuestion {
  const scope = Object.keys(SCOPE_WORDS).find((each) => each === search.scope) as DealScope | undefined;
  return {
    scope: scope ?? usualScope(role),
    kind: known(search.kind, DEAL_KINDS),
    owner: UUID.test(search.owner ?? '') ? search.owner : undefined,
    text: search.text,
  };
}

const OF_SHOW: Record<Exclude<Show, 'board'>, Pick<DealQuestion, 'state' | 'billed' | 'order'>> = {
  list: { state: 'open', order: 'closeOn' },
  unbilled: { state: 'won', billed: 'no', order: '-endedOn' },
  ended: { state: 'won,lost', order: '-endedOn' },
};

/** What the list is asked for. */
export function listQuestion(search: DealsSearch, role: Role): DealQuestion {
  const show = showOf(search);
  return {
    ...boardQuestion(search, role),
    ...OF_SHOW[show === 'board' ? 'list' : show],
    stage: search.stage,
    closeFrom: isIsoDay(search.from) ? search.from : undefined,
    closeTo: isIsoDay(search.to) ? search.to : undefined,
    offset: /^\d{1,6}$/.test(search.page ?? '') ? Number(search.page) : 0,
    limit: ROWS_AT_ONCE,
  };
}

/** How many filters are set beyond whose deals they are. */
export const filtersSet = ({ kind, owner, text, stage, closeFrom, closeTo }: Partial<DealQuestion>): number =>
  [kind, owner, text, stage, closeFrom, closeTo].filter((each) => each !== undefined && each !== '').length;

/** The deal that stands open beside the list: `account~deal`. Ids of deals may hold a tilde themselves. */
export function openOf(text: string | undefined): { accountId: string; id: string } | null {
  const at = (text ?? '').indexOf('~');
  if (text === undefined || at <= 0 || at === text.length - 1) return null;
  return { accountId: text.slice(0, at), id: text.slice(at + 1) };
}
