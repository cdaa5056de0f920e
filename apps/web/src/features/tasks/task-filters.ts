import type { Role } from '@steward/shared/common';
import { TASK_SCOPES, type TaskScope } from '@steward/shared/tasks';
import type { TaskQuestion } from '../../components/task/get-tasks.js';

type TaskKey = 'scope' | 'show' | 'who' | 'text' | 'from' | 'open';
export type TaskSearch = { [key in TaskKey]?: string | undefined };

export const SCOPE_WORDS: Record<TaskScope, string> = {
  mine: 'Mine',
  team: 'My team',
  unassigned: 'Unassigned',
  all: 'All',
};

/** Whose tasks a role may ask for, the usual one first. */
export function scopesOf(role: Role): readonly TaskScope[] {
  if (role === 'viewer') return ['all', 'unassigned'];
  return role === 'manager' ? ['team', 'mine', 'unassigned', 'all'] : TASK_SCOPES.filter((each) => each !== 'team');
}

export const TASKS_AT_ONCE = 500;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What the address asks for; what it names wrongly is left out rather than refused. */
export function questionOfSearch(search: TaskSearch, role: Role): TaskQuestion {
  const scopes = scopesOf(role);
  const scope = TASK_SCOPES.find((each) => each === search.scope) ?? scopes[0] ?? 'all';
  const ended = search.show === 'ended';
  return {
    scope,
    state: ended ? 'done,skipped,cancelled' : undefined,
    snoozed: ended ? undefined : true,
    assigneeUserId: scope !== 'mine' && UUID.test(search.who ?? '') ? search.who : undefined,
    text: search.text,
    offset: /^\d{1,6}$/.test(search.from ?? '') ? Number(search.from) : 0,
    limit: TASKS_AT_ONCE,
  };
}

/** How many filters are set beyond whose tasks they are. */
export const filtersSet = ({ assigneeUserId, text }: TaskQuestion): number =>
  [assigneeUserId, text].filter((each) => each !== undefined && each !== '').length;

/** The task that stands open beside the list: account~task. */
export function openOf(text: string | undefined): { accountId: string; id: string } | null {
  const [accountId = '', id = ''] = (text ?? '').split('~');
  return UUID.test(accountId) && UUID.test(id) ? { accountId, id } : null;
}
