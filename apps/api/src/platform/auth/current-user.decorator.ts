import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { NotAllowed, NotSignedIn } from '../errors/app-error.js';
import { type Actor, type AuthenticatedRequest, actorOf, type CurrentUserData, type Principal } from './principal.js';
import type { Scope } from './scope.js';

function principalOf(context: ExecutionContext): Principal {
  const principal = context.switchToHttp().getRequest<AuthenticatedRequest>().principal;
  if (!principal) throw new NotSignedIn();
  return principal;
}

/** Who is asking: a person or a key. */
export const CurrentPrincipal = createParamDecorator(
  (_: unknown, context: ExecutionContext): Principal => principalOf(context),
);

/** The signed-in person; a route that asks for one refuses API keys. */
export const CurrentUser = createParamDecorator((_: unknown, context: ExecutionContext): CurrentUserData => {
  const principal = principalOf(context);
  if (principal.kind !== 'user') throw new NotAllowed('This takes a signed-in person, not an API key.');
  return principal.user;
});

/** Whose accounts the caller may see. */
export const CurrentScope = createParamDecorator(
  (_: unknown, context: ExecutionContext): Scope => principalOf(context).scope,
);

/** The author of a change, for the audit log. */
export const CurrentActor = createParamDecorator(
  (_: unknown, context: ExecutionContext): Actor => actorOf(principalOf(context)),
);
