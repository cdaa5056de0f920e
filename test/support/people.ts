import { randomUUID } from 'node:crypto';
import type { Role } from '@steward/shared/common';
import type { Principal } from '../../apps/api/src/platform/auth/principal.js';
import { scopeOf } from '../../apps/api/src/platform/auth/scope.js';

export type SignedIn = Extract<Principal, { kind: 'user' }>;

/** A signed-in person, with the scope of their role. */
export function aPerson(role: Role, { id = randomUUID() as string, teamIds = [] as readonly string[] } = {}): SignedIn {
  return {
    kind: 'user',
    user: { id, email: `${role}@example.test`, fullName: `A ${role}`, role },
    sessionHash: Buffer.alloc(0),
    scope: scopeOf({ id, role, teamIds, standsInForIds: [] }, { everyoneSeesAll: false }),
    standsInForIds: [],
  };
}

export function aWorkspace(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return { id: 1, name: 'Test', time_zone: 'Etc/UTC', currency: 'USD', ...overrides };
}
