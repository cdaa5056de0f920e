import type { Scope } from '../platform/auth/scope.js';

/**
 * The scope as a predicate over an account row. Access is always by today's owners, so the alias names `account`
 * itself, never a snapshot. `bind` adds a value to the statement's parameters and answers its placeholder.
 */
export function scopePredicate(scope: Scope, bind: (value: unknown) => string, alias = 'a'): string {
  if (scope.kind === 'all') return 'TRUE';
  const owners = bind([...scope.ownerIds]);
  const owned = `${alias}.csm_user_id = ANY(${owners}::uuid[]) OR ${alias}.am_user_id = ANY(${owners}::uuid[])`;
  const unowned = scope.includeUnowned ? ` OR (${alias}.csm_user_id IS NULL AND ${alias}.am_user_id IS NULL)` : '';
  return `(${owned}${unowned})`;
}
