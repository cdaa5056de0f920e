import { type Actor, actorOf, type Principal, systemActor } from '../../platform/auth/principal.js';
import { Scope } from '../../platform/auth/scope.js';

/**
 * Who works with imports. A file shows accounts as they were delivered, so whoever does not see all accounts sees only
 * the files that they brought themselves.
 */
export interface Importer {
  actor: Actor;
  scope: Scope;
}

export function importerOf(principal: Principal): Importer {
  return { actor: actorOf(principal), scope: principal.scope };
}

/** Whoever may run commands on the machine sees all files. */
export const COMMAND_LINE: Importer = { actor: systemActor('command line'), scope: Scope.system('import') };
