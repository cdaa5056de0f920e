import { Injectable } from '@nestjs/common';
import type { SetPulse, SetStage, SetTier, UpdateAccount } from '@steward/shared/accounts';
import type { IsoDay } from '@steward/shared/common';
import { CatalogueReader } from '../../db/rules/catalogue.reader.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { type Changes, changesBetween, changesOfNew } from '../../platform/audit/changes.js';
import { permissionsOf } from '../../platform/auth/permissions.js';
import { actorOf, type Principal } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { InvalidInput, NotAllowed, NotFound, RevisionMoved } from '../../platform/errors/app-error.js';
import { WorkspaceReader } from '../workspace/workspace.reader.js';
import { AccountEditsRepository, type ByHand, type EditableAccount } from './account-edits.repository.js';

export type Person = Extract<Principal, { kind: 'user' }>;

interface Editing {
  tx: Tx;
  account: EditableAccount;
  day: IsoDay;
  at: Date;
}

/** What people change of an account by hand. Each change is audited and leads to a new computation of the account. */
@Injectable()
export class AccountEditsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: AccountEditsRepository,
    private readonly catalogues: CatalogueReader,
    private readonly workspaces: WorkspaceReader,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async update(person: Person, accountId: string, update: UpdateAccount): Promise<{ id: string; revision: number }> {
    const { revision, ...wanted } = update;
    return this.editing(person, accountId, async ({ tx, account, day, at }) => {
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
    await this.editing(person, accountId, async ({ tx, day, at }) => {
      const author = { id: person.user.id, name: person.user.fullName };
      await this.repository.savePulse(tx, { accountId, day, ...pulse }, author, at);
      return { result: undefined, action: 'account.pulse_set', changes: changesOfNew({ day, ...pulse }) };
    });
  }

  async setTier(person: Person, accountId: string, { tier, reason, untilDay }: SetTier): Promise<void> {
    await this.editing(person, accountId, async ({ tx, day, at }) => {
      const { tiers } = await this.catalogues.model(tx);
      if (!tiers.some(({ key }) => key === tier)) throw unknownMember('tier', tier);
      if (untilDay !== null && untilDay < day) {
        throw new InvalidInput('The tier would have ended already.', [{ path: 'untilDay', message: untilDay }]);
      }
      const was = await this.repository.endByHand(tx, 'tier', accountId, day);
      await this.repository.setTier(tx, byHand(person, accountId, reason, day, at), tier, untilDay);
      const changes = {
        tier: { from: was, to: tier },
        reason: { from: null, to: reason },
        untilDay: { from: null, to: untilDay },
      };
      return { result: undefined, action: 'account.tier_set', changes };
    });
  }

  async setStage(person: Person, accountId: string, { stage, reason }: SetStage): Promise<void> {
    await this.editing(person, accountId, async ({ tx, day, at }) => {
      const { stages } = await this.catalogues.model(tx);
      if (!stages.some(({ key }) => key === stage)) throw unknownMember('stage', stage);
      const was = await this.repository.endByHand(tx, 'stage', accountId, day);
      await this.repository.setStage(tx, byHand(person, accountId, reason, day, at), stage);
      const changes = { stage: { from: was, to: stage }, reason: { from: null, to: reason } };
      return { result: undefined, action: 'account.stage_set', changes };
    });
  }

  /** Returns tier or stage to the rules. Nothing set by hand: nothing to do. */
  async release(person: Person, accountId: string, what: 'tier' | 'stage'): Promise<void> {
    await this.editing(person, accountId, async ({ tx, day }) => {
      const was = await this.repository.endByHand(tx, what, accountId, day);
      const action = was === null ? null : `account.${what}_released`;
      return { result: undefined, action, changes: { [what]: { from: was, to: null } } };
    });
  }

  /** One transaction: the account is held, changed, written to the log, and due for computation. */
  private async editing<Result>(
    person: Person,
    accountId: string,
    change: (editing: Editing) => Promise<{ result: Result; action: string | null; changes: Changes }>,
  ): Promise<Result> {
    return this.unitOfWork.run(async (tx) => {
      const account = await this.repository.held(tx, person.scope, accountId);
      if (account === null) throw new NotFound('account');
      const day = isoOf(await this.workspaces.today(tx));
      const at = this.clock.now();
      const { result, action, changes } = await change({ tx, account, day, at });
      if (action === null) return result;
      await this.audit.record(tx, {
        actor: actorOf(person),
        action,
        subject: { kind: 'account', id: accountId },
        accountId,
        changes,
      });
      await this.repository.markDirty(tx, accountId, day, at);
      return result;
    });
  }
}

function byHand(person: Person, accountId: string, reason: string, day: IsoDay, at: Date): ByHand {
  return { accountId, personId: person.user.id, reason, day, at };
}

function unknownMember(what: 'tier' | 'stage', key: string): InvalidInput {
  return new InvalidInput(`There is no ${what} ${key}.`, [{ path: what, code: 'UNKNOWN_OPTION', message: key }]);
}

/** Whoever may not assign accounts may still take one that nobody has, and give it back. */
function mayAssign(person: Person, account: EditableAccount, wanted: Partial<UpdateAccount>): void {
  if (permissionsOf(person.user.role).includes('accounts:assign')) return;
  for (const role of ['csmUserId', 'amUserId'] as const) {
    const to = wanted[role];
    if (to === undefined || to === account[role]) continue;
    const claims = account[role] === null && to === person.user.id;
    const givesBack = account[role] === person.user.id && to === null;
    if (!claims && !givesBack) {
      throw new NotAllowed('You may claim an account that has no owner; giving it to others is for managers.');
    }
  }
}
