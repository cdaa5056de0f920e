import { Injectable } from '@nestjs/common';
import type { SetPulse, UpdateAccount } from '@steward/shared/accounts';
import { changesBetween, changesOfNew } from '../../platform/audit/changes.js';
import { InvalidInput, NotAllowed, RevisionMoved } from '../../platform/errors/app-error.js';
import { AccountEditing, type Person } from './account-editing.js';
import { AccountEditsRepository, type EditableAccount } from './account-edits.repository.js';
import { mayChangeOwner } from './owner-change.js';

/** Fields, owners and the pulse, as people change them. */
@Injectable()
export class AccountEditsService {
  constructor(
    private readonly editing: AccountEditing,
    private readonly repository: AccountEditsRepository,
  ) {}

  async update(person: Person, accountId: string, update: UpdateAccount): Promise<{ id: string; revision: number }> {
    const { revision, ...wanted } = update;
    return this.editing.edit(person, accountId, async ({ tx, account, day, at }) => {
      if (account.revision !== revision) throw new RevisionMoved('account');
      const changes = changesBetween(account, wanted);
      if (Object.keys(changes).length === 0) return { result: { id: account.id, revision }, action: null, changes };
      mayAssign(person, account, wanted);
      const owners = [wanted.csmUserId, wanted.amUserId].filter((id) => typeof id === 'string');
      const names = await this.repository.activePeople(tx, owners);
      const unknown = owners.find((id) => !names.has(id));
      if (unknown) throw new InvalidInput(`There is no active person ${unknown}.`, [], 'UNKNOWN_PERSON');
      const values = Object.fromEntries(Object.entries(changes).map(([field, { to }]) => [field, to]));
      await this.repository.save(tx, { accountId, personId: person.user.id, values, names, day, at });
      return { result: { id: account.id, revision: revision + 1 }, action: 'account.edited', changes };
    });
  }

  async setPulse(person: Person, accountId: string, pulse: SetPulse): Promise<void> {
    await this.editing.edit(person, accountId, async ({ tx, day, at }) => {
      const author = { id: person.user.id, name: person.user.fullName };
      await this.repository.savePulse(tx, { accountId, day, ...pulse }, author, at);
      return { result: undefined, action: 'account.pulse_set', changes: changesOfNew({ day, ...pulse }) };
    });
  }
}

function mayAssign(person: Person, account: EditableAccount, wanted: Partial<UpdateAccount>): void {
  for (const role of ['csmUserId', 'amUserId'] as const) {
    const to = wanted[role];
    if (to !== undefined && !mayChangeOwner(person.user, { from: account[role], to })) {
      throw new NotAllowed('You may claim an account that has no owner; giving it to others is for managers.');
    }
  }
}
