import { Injectable } from '@nestjs/common';
import type { PulseSet, SetPulse, UpdateAccount } from '@steward/shared/accounts';
import type { HandOverMove } from '@steward/shared/hand-over';
import type { Tx } from '../../db/unit-of-work.js';
import { domainOf } from '../../domain/values/texts.js';
import { type Changes, changesBetween, changesOfNew } from '../../platform/audit/changes.js';
import { Conflict, InvalidInput, NotAllowed, NotFound, RevisionMoved } from '../../platform/errors/app-error.js';
import { PulseReasonsReader } from '../pulse/pulse-reasons.reader.js';
import { AccountEditing, type Person } from './account-editing.js';
import { AccountEditsRepository, type EditableAccount } from './account-edits.repository.js';
import type { OwnerRole } from './hand-over.repository.js';
import { ALL_MOVES, HandOvers, type OwnersChanged } from './hand-overs.js';
import { ManyAccountsRepository } from './many-accounts.repository.js';
import { mayChangeOwner } from './owner-change.js';

interface Updated {
  id: string;
  revision: number;
  /** Null: the owners stay. */
  handOverId: string | null;
}

/** Fields, owners and the pulse, as people change them. */
@Injectable()
export class AccountEditsService {
  constructor(
    private readonly editing: AccountEditing,
    private readonly repository: AccountEditsRepository,
    private readonly many: ManyAccountsRepository,
    private readonly handOvers: HandOvers,
    private readonly pulseReasons: PulseReasonsReader,
  ) {}

  /** A change of owners hands the account over, with what the owners of before had under way. */
  async update(
    person: Person,
    accountId: string,
    update: UpdateAccount,
    how: { move: HandOverMove; note: string | null } = { move: ALL_MOVES, note: null },
  ): Promise<Updated> {
    const { revision, ...written } = update;
    const wanted = written.domain === undefined ? written : { ...written, domain: domainOf(written.domain) };
    return this.editing.edit(person, accountId, async ({ tx, account, day, at }) => {
      if (account.revision !== revision) throw new RevisionMoved('account');
      const changes = changesBetween(account, wanted);
      if (Object.keys(changes).length === 0) {
        return { result: { id: account.id, revision, handOverId: null }, action: null, changes };
      }
      mayAssign(person, account, wanted);
      const owners = [wanted.csmUserId, wanted.amUserId].filter((id) => typeof id === 'string');
      const names = await this.repository.possibleOwners(tx, owners);
      const unknown = owners.find((id) => !names.has(id));
      if (unknown) throw new InvalidInput(`Nobody ${unknown} is here who may own accounts.`, [], 'UNKNOWN_PERSON');
      const values = Object.fromEntries(Object.entries(changes).map(([field, { to }]) => [field, to]));
      const before = await this.ownersBefore(tx, person, accountId, rolesIn(changes));
      await this.repository.save(tx, { accountId, personId: person.user.id, values, names, day, at });
      const changed = ownersChanged(account, before, wanted);
      const giver = { userId: person.user.id, day, at };
      const handOvers = await this.handOvers.hand(tx, changed === null ? [] : [changed], how, giver);
      const handOverId = handOvers.get(accountId) ?? null;
      return { result: { id: account.id, revision: revision + 1, handOverId }, action: 'account.edited', changes };
    });
  }

  private async mustOffer(tx: Tx, reasons: readonly string[]): Promise<void> {
    const unknown = await this.pulseReasons.notOffered(tx, reasons);
    const [first] = unknown;
    if (first === undefined) return;
    const details = unknown.map((key) => ({
      path: `reasons.${reasons.indexOf(key)}`,
      code: 'UNKNOWN_REASON',
      message: `there is no reason ${key}`,
    }));
    throw new InvalidInput(`There is no reason ${first} to choose from.`, details, 'UNKNOWN_REASON');
  }

  private async ownersBefore(
    tx: Tx,
    person: Person,
    accountId: string,
    roles: readonly OwnerRole[],
  ): Promise<OwnersChanged['before']> {
    const before: OwnersChanged['before'] = {};
    if (roles.length === 0) return before;
    const [account] = await this.many.hold(tx, person.scope, [accountId]);
    if (account === undefined) throw new NotFound('account');
    for (const role of roles) {
      const source = (await this.many.newestVersions(tx, role, [accountId])).get(accountId)?.source ?? null;
      before[role] = { owner: account[role], source };
    }
    return before;
  }

  setPulse(person: Person, accountId: string, pulse: SetPulse): Promise<PulseSet> {
    return this.editing.edit(person, accountId, async ({ tx, day, at }) => {
      await this.mustOffer(tx, pulse.reasons);
      const author = { id: person.user.id, name: person.user.fullName };
      const replaced = (await this.many.pulsesOf(tx, [accountId], day)).get(accountId) ?? null;
      await this.repository.savePulse(tx, { accountId, day, ...pulse, replaced }, author, at);
      const result = { setAt: at.toISOString() };
      return { result, action: 'account.pulse_set', changes: changesOfNew({ day, ...pulse }) };
    });
  }

  /** What stood for the day before stands again, whosever it was, or nothing does. */
  async undoPulse(person: Person, accountId: string, setAt: string): Promise<void> {
    await this.editing.edit(person, accountId, async ({ tx, day, at }) => {
      const set = await this.repository.pulseSet(tx, { accountId, day, authorId: person.user.id, setAt });
      if (set === null) throw new Conflict('CHANGED_SINCE', 'The pulse was set again since, or its day is over.');
      const { value, replaced } = set;
      if (replaced === null) await this.many.removePulses(tx, [{ accountId, day }]);
      else await this.many.savePulses(tx, [{ accountId, ...replaced }], at);
      const changes = changesBetween({ day, value }, { value: replaced?.value ?? null });
      return { result: undefined, action: 'account.pulse_undone', changes };
    });
  }
}

function rolesIn(changes: Changes): OwnerRole[] {
  return (['csm', 'am'] as const).filter((role) => `${role}UserId` in changes);
}

/** Null: they stay. */
function ownersChanged(
  account: EditableAccount,
  before: OwnersChanged['before'],
  wanted: Partial<UpdateAccount>,
): OwnersChanged | null {
  if (Object.keys(before).length === 0) return null;
  const from = { csm: account.csmUserId, am: account.amUserId };
  const to = {
    csm: before.csm === undefined ? from.csm : (wanted.csmUserId ?? null),
    am: before.am === undefined ? from.am : (wanted.amUserId ?? null),
  };
  return { accountId: account.id, before, from, to };
}

function mayAssign(person: Person, account: EditableAccount, wanted: Partial<UpdateAccount>): void {
  for (const role of ['csmUserId', 'amUserId'] as const) {
    const to = wanted[role];
    if (to !== undefined && !mayChangeOwner(person.user, { from: account[role], to })) {
      throw new NotAllowed('You may claim an account that has no owner; giving it to others is for managers.');
    }
  }
}
