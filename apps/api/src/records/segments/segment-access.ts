import type { Segment } from '@steward/shared/segments';
import type { Principal } from '../../platform/auth/principal.js';

type Owned = Pick<Segment, 'visibility' | 'owner'>;

/** Built-in segments are nobody's. */
export function isOwner(principal: Principal, { owner }: Owned): boolean {
  return principal.kind === 'user' && owner?.userId === principal.user.id;
}

/** A private segment is its owner's alone. */
export function maySee(principal: Principal, segment: Owned): boolean {
  return segment.visibility === 'shared' || isOwner(principal, segment);
}

/** Its owner changes a segment, and an admin a shared one. */
export function mayEdit(principal: Principal, segment: Owned): boolean {
  if (isOwner(principal, segment)) return true;
  return segment.visibility === 'shared' && principal.kind === 'user' && principal.user.role === 'admin';
}
