import type { Role } from '@steward/shared/common';

export const ROLE_OPTIONS: { value: Role; label: string }[] = [
  { value: 'admin', label: 'Admin' },
  { value: 'manager', label: 'Manager' },
  { value: 'csm', label: 'CSM' },
  { value: 'am', label: 'Account manager' },
  { value: 'viewer', label: 'Viewer' },
];

/** What each role sees and may do, in one line. */
export const ROLE_MEANINGS: Record<Role, string> = {
  admin: 'Sees everything, brings data in, shapes the model, manages people.',
  manager: "Sees the team's accounts and assigns them.",
  csm: 'Sees and works their own accounts and those without an owner.',
  am: 'Sees and works their own accounts and those without an owner.',
  viewer: 'Sees everything, changes nothing.',
};

export const roleLabel = (role: Role): string => ROLE_OPTIONS.find((each) => each.value === role)?.label ?? role;
