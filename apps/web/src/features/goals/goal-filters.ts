import type { Role } from '@steward/shared/common';
import { GOAL_SCOPES, GOAL_STATUSES, type GoalScope } from '@steward/shared/goals';
import { PLAYBOOK_KINDS } from '@steward/shared/playbooks';
import type { GoalQuestion } from '../../components/goal/get-goals.js';

type GoalSearchKey = 'scope' | 'kind' | 'playbook' | 'owner' | 'text' | 'status' | 'sort' | 'month' | 'goal';
export type GoalSearch = { [key in GoalSearchKey]?: string | undefined };
/** What is filtered by on every tab. */
const FILTER_KEYS = ['kind', 'playbook', 'owner', 'text', 'status'] as const;

/** Whose goals each role comes for. */
export function usualScope(role: Role): GoalScope {
  if (role === 'csm' || role === 'am') return 'mine';
  return role === 'manager' ? 'team' : 'all';
}

const known = (text: string | undefined, members: readonly string[]): string | undefined => {
  const found = (text ?? '').split(',').filter((each) => members.includes(each));
  return found.length === 0 ? undefined : found.join(',');
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const idOf = (text: string | undefined): string | undefined => (UUID.test(text ?? '') ? text : undefined);

/** What the address asks for; what it names wrongly is left out rather than refused. */
export function questionOfSearch(search: GoalSearch, role: Role): GoalQuestion {
  return {
    scope: GOAL_SCOPES.find((scope) => scope === search.scope) ?? usualScope(role),
    kind: known(search.kind, PLAYBOOK_KINDS),
    playbookId: idOf(search.playbook),
    ownerUserId: idOf(search.owner),
    text: search.text?.slice(0, 200),
  };
}

export const statusOfSearch = ({ status }: GoalSearch): string | undefined => known(status, GOAL_STATUSES);

/** How many filters are set beyond whose goals they are. */
export const filtersSet = (search: GoalSearch): number =>
  FILTER_KEYS.filter((key) => search[key] !== undefined && search[key] !== '').length;

/** The goal that stands open beside the list: `account.goal`. */
export function openOf(text: string | undefined): { accountId: string; id: string } | null {
  const [accountId, id] = (text ?? '').split('.');
  return idOf(accountId) && idOf(id) ? { accountId: accountId as string, id: id as string } : null;
}

export const openText = ({ accountId, id }: { accountId: string; id: string }): string => `${accountId}.${id}`;
