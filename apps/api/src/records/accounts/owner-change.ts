import type { Role } from '@steward/shared/common';
import { permissionsOf } from '../../platform/auth/permissions.js';

/**
 * Whether a person may change an owner. Whoever may not give accounts to others may still claim one that has no owner in
 * the role, and give their own back.
 */
export function mayChangeOwner(
  person: { id: string; role: Role },
  change: { from: string | null; to: string | null },
): boolean {
  if (permissionsOf(person.role).includes('accounts:assign') || change.from === change.to) return true;
  const claims = change.from === null && change.to === person.id;
  const givesBack = change.from === person.id && change.to === null;
  return claims || givesBack;
}
