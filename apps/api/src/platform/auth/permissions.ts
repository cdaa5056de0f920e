import type { Role } from '@steward/shared/common';
import { PERMISSIONS, type Permission } from '@steward/shared/permissions';

const EVERYONE = ['accounts:read', 'model:read', 'reports:read'] as const;
const KEEPS_ACCOUNTS = [
  ...EVERYONE,
  'accounts:edit',
  'touchpoints:write',
  'segments:write',
  'alerts:triage',
  'goals:write',
  'deals:write',
  'renewals:write',
  'stand-ins:write',
] as const;
// Files write accounts of everyone, owners included, and so reach beyond a team: they are the admins'.
const LEADS = [...KEEPS_ACCOUNTS, 'accounts:assign', 'alerts:write', 'playbooks:write', 'studio:use'] as const;

/** What a role may do, in the words that screens ask by. Within these, a scope says on which accounts. */
const BY_ROLE: Record<Role, readonly Permission[]> = {
  admin: PERMISSIONS,
  manager: LEADS,
  csm: KEEPS_ACCOUNTS,
  am: KEEPS_ACCOUNTS,
  viewer: EVERYONE,
};

export function permissionsOf(role: Role): readonly Permission[] {
  return BY_ROLE[role];
}

/** The roles that hold a permission: `@Access({ roles: rolesWith('imports:write') })`. */
export function rolesWith(permission: Permission): readonly Role[] {
  return (Object.keys(BY_ROLE) as Role[]).filter((role) => BY_ROLE[role].includes(permission));
}
