import type { ApiScope } from '@steward/shared/access';
import type { Role } from '@steward/shared/common';

declare const made: unique symbol;

/**
 * Whose accounts a read may see: a required argument of every account read. Made in two places only, `scopeOf` (the
 * signed-in person; `scopeOfKey` for a program) and `Scope.system` (pipeline, cli and intake), so that no read can
 * forget it.
 */
export type Scope = ScopeShape & { readonly [made]: true };

type ScopeShape =
  | { readonly kind: 'all'; readonly reason: string }
  | {
      readonly kind: 'book';
      /** The owners whose books are visible: the person, the people they stand in for, a manager's team. */
      readonly ownerIds: readonly string[];
      /** Accounts that nobody owns, to be claimed. */
      readonly includeUnowned: boolean;
    };

function scope(shape: ScopeShape): Scope {
  return shape as Scope;
}

export const Scope = {
  /** Sees everything. Only pipeline, cli and intake may call this; an architecture test holds it there. */
  system(reason: string): Scope {
    return scope({ kind: 'all', reason });
  },
};

export interface ScopedPerson {
  id: string;
  role: Role;
  /** For a manager: the ids of the people who report to them, directly or through others. */
  teamIds: readonly string[];
  /** People whose stand-in this person is today; for a manager among them, their team too. */
  standsInForIds: readonly string[];
}

/** False: of this person's accounts only those are seen that somebody else looks after as well. */
export function seesBookOf(scope: Scope, userId: string): boolean {
  return scope.kind === 'all' || scope.ownerIds.includes(userId);
}

/**
 * A CSM or AM sees their own book and accounts without an owner, a manager their team's, an admin and a viewer
 * everything; a workspace may open every account to everyone.
 */
export function scopeOf(person: ScopedPerson, workspace: { everyoneSeesAll: boolean }): Scope {
  if (workspace.everyoneSeesAll) return scope({ kind: 'all', reason: 'workspace shows all accounts to everyone' });
  switch (person.role) {
    case 'admin':
    case 'viewer':
      return scope({ kind: 'all', reason: person.role });
    case 'manager':
      return scope({
        kind: 'book',
        ownerIds: [person.id, ...person.teamIds, ...person.standsInForIds],
        includeUnowned: true,
      });
    case 'csm':
    case 'am':
      return scope({ kind: 'book', ownerIds: [person.id, ...person.standsInForIds], includeUnowned: true });
  }
}

/** True for people who see every account, whoever owns it. */
export function seesAll(role: Role, workspace: { everyoneSeesAll: boolean }): boolean {
  return scopeOf({ id: '', role, teamIds: [], standsInForIds: [] }, workspace).kind === 'all';
}

/** A key that may read accounts sees what a viewer sees; any other key sees none. */
export function scopeOfKey(keyScopes: readonly ApiScope[]): Scope {
  if (keyScopes.includes('accounts:read')) return scope({ kind: 'all', reason: 'API key that reads accounts' });
  return scope({ kind: 'book', ownerIds: [], includeUnowned: false });
}

/** Whether an account of these owners lies within the scope: what `scopePredicate` says in SQL. */
export function scopeCovers(scope: Scope, owners: { csmUserId: string | null; amUserId: string | null }): boolean {
  if (scope.kind === 'all') return true;
  const { csmUserId, amUserId } = owners;
  if (csmUserId === null && amUserId === null) return scope.includeUnowned;
  return [csmUserId, amUserId].some((owner) => owner !== null && scope.ownerIds.includes(owner));
}
