import type { PlaybookRole } from '@steward/shared/playbooks';
import type { Managers } from '../people/management.js';

/** Whoever looks after an account; null: nobody, or a text that matches no person. */
export interface AccountOwners {
  csmUserId: string | null;
  amUserId: string | null;
}

/** People that something can be given to, and whom each reports to. */
export interface Colleagues {
  active: ReadonlySet<string>;
  managers: Managers;
}

/**
 * Who does what a playbook gives to a role: that owner of the account, else the other owner; for `manager` the manager
 * of the CSM, else that of the AM. Who is no longer active is nobody. Null: nobody is found, it waits in the queue of
 * what nobody has.
 */
export function personFor(role: PlaybookRole, owners: AccountOwners, colleagues: Colleagues): string | null {
  const { csmUserId, amUserId } = owners;
  const inTurn = role === 'am' ? [amUserId, csmUserId] : [csmUserId, amUserId];
  const candidates =
    role === 'manager' ? inTurn.map((id) => (id === null ? null : (colleagues.managers.get(id) ?? null))) : inTurn;
  return candidates.find((id) => id !== null && colleagues.active.has(id)) ?? null;
}
