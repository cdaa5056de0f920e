import type { Segment } from '@steward/shared/segments';
import type { Principal } from '../../platform/auth/principal.js';

type SegmentReading =
  | { kind: 'alertRule' }
  | { kind: 'playbook' }
  | { kind: 'segment'; segment: Owned }
  | { kind: 'view'; ownerId: string; isShared: boolean };

type Owned = Pick<Segment, 'visibility' | 'owner'>;

/** Built-in segments are nobody's. */
export function isOwner(principal: Principal, { owner }: Owned): boolean {
  return principal.kind === 'user' && owner?.userId === principal.user.id;
}

/** A private segment is its owner's alone. */
export function maySee(principal: Principal, segment: Owned): boolean {
  return segment.visibility === 'shared' || isOwner(principal, segment);
}

/** Whether a person may know what rests on a segment: rules of alerts and playbooks are everyone's, private views their owner's. */
export function maySeeUser(principal: Principal, user: SegmentReading): boolean {
  if (user.kind === 'alertRule' || user.kind === 'playbook') return true;
  if (user.kind === 'segment') return maySee(principal, user.segment);
  return user.isShared || (principal.kind === 'user' && principal.user.id === user.ownerId);
}

/** Its owner changes a segment, and an admin a shared one. */
export function mayEdit(principal: Principal, segment: Owned): boolean {
  if (isOwner(principal, segment)) return true;
  return segment.visibility === 'shared' && principal.kind === 'user' && principal.user.role === 'admin';
}
