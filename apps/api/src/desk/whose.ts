import type { Principal } from '../platform/auth/principal.js';

/**
 * The people whose accounts are meant; null: everybody's that the reader may see. A program looks after none, and is
 * told of all that its key may see.
 */
export function peopleMeant(principal: Principal, whose: 'mine' | 'team' | 'all'): readonly string[] | null {
  if (whose === 'all' || principal.kind !== 'user') return null;
  if (whose === 'mine') return [principal.user.id];
  return principal.scope.kind === 'book' ? principal.scope.ownerIds : null;
}
