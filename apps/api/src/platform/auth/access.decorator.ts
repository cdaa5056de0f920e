import { SetMetadata } from '@nestjs/common';
import type { ApiScope } from '@steward/shared/access';
import type { Role } from '@steward/shared/common';

export const ROUTE_ACCESS = 'steward:access';

/** Who may call a route: anyone, or people of these roles and keys that hold one of these scopes. */
export type RouteAccess =
  | { kind: 'public' }
  | { kind: 'restricted'; roles: readonly Role[]; scopes: readonly ApiScope[] };

/**
 * Declares who may call a route, on the handler or for the whole controller. Without `scopes` no API key may. Every
 * route has this or `@Public()`: the process does not start otherwise.
 */
export function Access(access: { roles: readonly Role[]; scopes?: readonly ApiScope[] }) {
  return SetMetadata(ROUTE_ACCESS, {
    kind: 'restricted',
    roles: access.roles,
    scopes: access.scopes ?? [],
  } satisfies RouteAccess);
}

/** Anyone may call it, signed in or not. */
export function Public() {
  return SetMetadata(ROUTE_ACCESS, { kind: 'public' } satisfies RouteAccess);
}
