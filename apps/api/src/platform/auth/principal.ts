import type { ApiScope } from '@steward/shared/access';
import type { Role } from '@steward/shared/common';
import type { Request } from 'express';
import type { Scope } from './scope.js';

/** The signed-in person of a request. */
export interface CurrentUserData {
  id: string;
  email: string;
  fullName: string;
  role: Role;
}

export interface Person {
  kind: 'user';
  user: CurrentUserData;
  sessionHash: Buffer;
  scope: Scope;
  /** The people whose stand-in they are today: what is theirs is the person's own meanwhile. */
  standsInForIds: readonly string[];
}

/** Who is asking: a person with a session, or a program with a key. */
export type Principal =
  | Person
  | { kind: 'api_key'; id: string; name: string; scopes: readonly ApiScope[]; scope: Scope };

/** Who an entry of the audit log names. */
export interface Actor {
  kind: 'user' | 'api_key' | 'system';
  id: string | null;
  name: string;
}

/** A program of the installation itself (a command, a nightly run) as the author of a change. */
export function systemActor(name: string): Actor {
  return { kind: 'system', id: null, name };
}

export function actorOf(principal: Principal): Actor {
  return principal.kind === 'user'
    ? { kind: 'user', id: principal.user.id, name: principal.user.fullName }
    : { kind: 'api_key', id: principal.id, name: principal.name };
}

/** What tells one who asks from others. */
export function askerOf(principal: Principal): string {
  return principal.kind === 'user' ? principal.user.id : principal.id;
}

/** An HTTP request once the guard has let it through; a public route has no principal. */
export interface AuthenticatedRequest extends Request {
  principal?: Principal;
}
