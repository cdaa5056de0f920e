import type { Person, Principal } from '../platform/auth/principal.js';

/** A person and those whom they stand in for today: whoever stands in does the work, so it is theirs meanwhile. */
export function peopleActedFor({ user, standsInForIds }: Person): readonly string[] {
  return [user.id, ...standsInForIds];
}

/**
 * The people whose accounts and work are meant; null: everybody's that the reader may see. A program looks after none,
 * and is told of all that its key may see.
 */
export function peopleMeant(principal: Principal, whose: 'mine' | 'team' | 'all'): readonly string[] | null {
  if (whose === 'all' || principal.kind !== 'user') return null;
  if (whose === 'mine') return peopleActedFor(principal);
  return principal.scope.kind === 'book' ? principal.scope.ownerIds : null;
}
