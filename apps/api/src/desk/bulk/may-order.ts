import type { BulkChange } from '@steward/shared/bulk';
import { permissionsOf } from '../../platform/auth/permissions.js';
import type { CurrentUserData } from '../../platform/auth/principal.js';

/**
 * Whether a person may order a change at all; each account is looked at again when it is done. Those who may not give
 * accounts to others claim free ones and give their own back.
 */
export function mayOrder(user: Pick<CurrentUserData, 'id' | 'role'>, change: BulkChange): boolean {
  if (change.kind !== 'assign' || permissionsOf(user.role).includes('accounts:assign')) return true;
  return change.userId === null || change.userId === user.id;
}
