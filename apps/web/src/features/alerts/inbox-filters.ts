import { ALERT_KINDS, ALERT_SEVERITIES, SHOWN_ALERT_STATES } from '@steward/shared/alerts';
import type { Role } from '@steward/shared/common';
import { isLive } from '../../components/alert/alert-words.js';
import type { InboxQuestion } from '../../components/alert/get-alerts.js';

type InboxKey = 'scope' | 'state' | 'kind' | 'severity' | 'text' | 'from' | 'open';
export type InboxSearch = { [key in InboxKey]?: string | undefined };

export const SCOPE_WORDS = { mine: 'Mine', team: 'My team', all: 'All' } as const;
export type InboxScope = keyof typeof SCOPE_WORDS;

/** Whose alerts each role comes for. */
export function usualScope(role: Role): InboxScope {
  if (role === 'csm' || role === 'am') return 'mine';
  return role === 'manager' ? 'team' : 'all';
}

export const ROWS_AT_ONCE = 50;

const known = (text: string | undefined, members: readonly string[]): string | undefined => {
  const found = (text ?? '').split(',').filter((each) => members.includes(each));
  return found.length === 0 ? undefined : found.join(',');
};

/** What the address asks for; what it names wrongly is left out rather than refused. */
export function questionOfSearch(
  search: Readonly<Record<string, string | undefined>>,
  role: Role,
): InboxQuestion & { scope: InboxScope } {
  const scope = search.scope !== undefined && search.scope in SCOPE_WORDS ? (search.scope as InboxScope) : null;
  const from = /^\d{1,6}$/.test(search.from ?? '') ? Number(search.from) : 0;
  return {
    scope: scope ?? usualScope(role),
    state: known(search.state, SHOWN_ALERT_STATES),
    kind: known(search.kind, ALERT_KINDS),
    severity: known(search.severity, ALERT_SEVERITIES),
    text: search.text,
    offset: from,
    limit: ROWS_AT_ONCE,
  };
}

/** How many filters are set beyond whose alerts they are. */
export function filtersSet({ state, kind, severity, text }: InboxQuestion): number {
  return [state, kind, severity, text].filter((each) => each !== undefined && each !== '').length;
}

/** Alerts that are over are asked for, among others: nothing is at stake by them any more. */
export function asksForEnded(question: InboxQuestion): boolean {
  const asked = (question.state ?? '').split(',');
  return SHOWN_ALERT_STATES.some((state) => asked.includes(state) && !isLive({ state }));
}

/** The alert that stands open beside the list: `account~alert`. */
export function openOf(text: string | undefined): { accountId: string; id: string } | null {
  const [accountId, id] = (text ?? '').split('~');
  return accountId && id ? { accountId, id } : null;
}
