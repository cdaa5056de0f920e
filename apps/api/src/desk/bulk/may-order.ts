import type { BulkChange, BulkKind } from '@steward/shared/bulk';
import type { Permission } from '@steward/shared/permissions';
import { permissionsOf } from '../../platform/auth/permissions.js';
import type { CurrentUserData } from '../../platform/auth/principal.js';

/** What a person must be allowed to do a change, to one account or to many. */
export function neededFor(kind: BulkKind): Permission {
  if (kind === 'snooze') return 'alerts:triage';
  return kind === 'startPlaybook' ? 'goals:write' : 'accounts:edit';
}

/**
 * Whether a person may order a change at all; each account is looked at again when it is done. Those who may not give
 * accounts to others claim free ones and give their own back.
 */
export function mayOrder(user: Pick<CurrentUserData, 'id' | 'role'>, change: BulkChange): boolean {
  if (!permissionsOf(user.role).includes(neededFor(change.kind))) return false;
  if (change.kind !== 'assign' || permissionsOf(user.role).includes('accounts:assign')) return true;
  return change.userId === null || change.userId === user.id;
}
