import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Config } from '../config/config.js';
import { NotAllowed, NotSignedIn } from '../errors/app-error.js';
import { rememberUser } from '../logging/request-context.js';
import { ROUTE_ACCESS, type RouteAccess } from './access.decorator.js';
import { Authenticator } from './authenticator.js';
import { refuseCrossSite } from './cross-site.js';
import type { AuthenticatedRequest, Principal } from './principal.js';

function mayCall(principal: Principal, access: Extract<RouteAccess, { kind: 'restricted' }>): boolean {
  return principal.kind === 'user'
    ? access.roles.includes(principal.user.role)
    : access.scopes.some((scope) => principal.scopes.includes(scope));
}

function refusal(principal: Principal, access: Extract<RouteAccess, { kind: 'restricted' }>): NotAllowed {
  if (principal.kind === 'user') return new NotAllowed(`The role ${principal.user.role} may not do this.`);
  if (access.scopes.length === 0) return new NotAllowed('This takes a signed-in person, not an API key.');
  return new NotAllowed(`This API key lacks the scope ${access.scopes.join(' or ')}.`, 'SCOPE_MISSING');
}

/** Stands before every route: who is asking, may they, and whose accounts do they see. Runs before input is read. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
    private readonly config: Config,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<RouteAccess | undefined>(ROUTE_ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!access) throw new Error(`${context.getClass().name}.${context.getHandler().name} does not declare its access`);
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    refuseCrossSite(request, this.config.http.publicUrl);
    if (access.kind === 'public') return true;
    const principal = await this.authenticator.principalOf(request.headers);
    if (!principal) throw new NotSignedIn();
    if (!mayCall(principal, access)) throw refusal(principal, access);
    request.principal = principal;
    rememberUser(principal.kind === 'user' ? principal.user.id : principal.id);
    return true;
  }
}
