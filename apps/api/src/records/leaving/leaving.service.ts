import { Injectable } from '@nestjs/common';
import type { ChurnReason, Leaving, LeavingState, RecordChurn } from '@steward/shared/leaving';
import { v7 as uuidv7 } from 'uuid';
import { markDirty } from '../../db/dirty-accounts.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import type { AccountFields } from '../../domain/values/fact-rows.js';
import { storeFacts } from '../../intake/facts/store-facts.js';
import { changesBetween } from '../../platform/audit/changes.js';
import type { Scope } from '../../platform/auth/scope.js';
import { Conflict, InvalidInput, NotFound } from '../../platform/errors/app-error.js';
import { AccountEditing, type Editing, type Person } from '../accounts/account-editing.js';
import { SalesLists } from '../deals/sales-lists.reader.js';
import { type ChurnBefore, type LeavingAccount, LeavingRepository, type NoticeBefore } from './leaving.repository.js';

/** Customers who give notice, and those who have gone: a person’s word on the account’s fields, with its reasons beside it. */
@Injectable()
export class LeavingService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly editing: AccountEditing,
    private readonly repository: LeavingRepository,
    private readonly lists: SalesLists,
  ) {}

  read(scope: Scope, accountId: string): Promise<LeavingState> {
    return this.unitOfWork.run((tx) => this.state(tx, scope, accountId));
  }

  leave(person: Person, accountId: string, given: Leaving): Promise<LeavingState> {
    return this.editing.edit(person, accountId, async (editing) => {
      const { tx, day, at } = editing;
      const account = await this.account(tx, person.scope, accountId);
      mustBeCustomer(account);
      const { noticeGivenOn, leavesOn, reasonKey, note } = given;
      if (noticeGivenOn > day) throw refused('noticeGivenOn', 'DAY_IN_FUTURE', 'Notice is given today at the latest.');
      if (reasonKey !== null) await this.reason(tx, reasonKey);
      const standing = await this.repository.notice(tx, accountId);
      const now: NoticeBefore = { noticeGivenOn: account.noticeGivenOn, leavesOn: account.leavesOn };
      // One notice takes the place of another: what was before the first is what comes back.
      const before = standing?.before ?? now;
      await this.repository.takeNoticesBack(tx, accountId, person.user.id, at);
      const said = { noticeGivenOn, leavesOn, reasonKey, note, before };
      await this.repository.addNotice(tx, { accountId, id: uuidv7(), byUserId: person.user.id, at }, said);
      await this.say(editing, person, account, { noticeGivenOn, leavesOn });
      const changes = {
        ...changesBetween(now, { noticeGivenOn, leavesOn }),
        ...changesBetween({}, { reasonKey, note }),
      };
      return { result: await this.state(tx, person.scope, accountId), action: 'account.leaving', changes };
    });
  }

  /** The account stays after all. Days that an import brought are taken away. */
  stay(person: Person, accountId: string): Promise<LeavingState> {
    return this.editing.edit(person, accountId, async (editing) => {
      const { tx, at } = editing;
      const account = await this.account(tx, person.scope, accountId);
      if (account.noticeGivenOn === null && account.leavesOn === null)
        throw nothingToUndo('This account is not leaving.');
      const standing = await this.repository.notice(tx, accountId);
      const after: NoticeBefore = standing?.before ?? { noticeGivenOn: null, leavesOn: null };
      await this.repository.takeNoticesBack(tx, accountId, person.user.id, at);
      await this.say(editing, person, account, after);
      const result = await this.state(tx, person.scope, accountId);
      return { result, action: 'account.stays', changes: changesBetween(account, after) };
    });
  }

  churn(person: Person, accountId: string, given: RecordChurn): Promise<LeavingState> {
    return this.editing.edit(person, accountId, async (editing) => {
      const { tx, day, at } = editing;
      const account = await this.account(tx, person.scope, accountId);
      if (account.status === 'churned') throw new Conflict('ALREADY_CHURNED', 'This customer has been lost already.');
      mustBeCustomer(account);
      const { on, competitor, note } = given;
      if (on > day)
        throw refused('on', 'DAY_IN_FUTURE', 'A customer is lost today at the latest; before, they are leaving.');
      if (account.customerSince !== null && on < account.customerSince) {
        throw refused('on', 'BEFORE_CUSTOMER', `They have been a customer since ${account.customerSince}.`);
      }
      const reason = await this.reason(tx, given.reasonKey);
      const { status, churnedOn, churnReason } = account;
      const before: ChurnBefore = { status, churnedOn, churnReason };
      const arrLostMinor = given.arrLostMinor ?? (await this.repository.arrBefore(tx, accountId, on));
      const said = { churnedOn: on, reason, competitor, arrLostMinor, note, before };
      await this.repository.addChurn(tx, { accountId, id: uuidv7(), byUserId: person.user.id, at }, said);
      const after: ChurnBefore = { status: 'churned', churnedOn: on, churnReason: reason.label };
      await this.say(editing, person, account, after, on);
      const changes = { ...changesBetween(before, after), ...changesBetween({}, { competitor, arrLostMinor, note }) };
      return { result: await this.state(tx, person.scope, accountId), action: 'account.churned', changes };
    });
  }

  /** The customer was not lost. */
  undoChurn(person: Person, accountId: string): Promise<LeavingState> {
    return this.editing.edit(person, accountId, async (editing) => {
      const { tx, at } = editing;
      const account = await this.account(tx, person.scope, accountId);
      const churn = await this.repository.churn(tx, accountId);
      if (churn === null || account.status !== 'churned')
        throw nothingToUndo('No loss of this customer was recorded here.');
      await this.repository.undoChurn(tx, accountId, churn.id, person.user.id, at);
      await this.say(editing, person, account, churn.before, churn.churnedOn);
      const result = await this.state(tx, person.scope, accountId);
      return { result, action: 'account.churn_undone', changes: changesBetween(account, churn.before) };
    });
  }

  /** A person’s word on the account’s fields, from today on; `since`: the first day that is different. */
  private async say(
    { tx, account: { id }, day, at }: Editing,
    person: Person,
    account: LeavingAccount,
    fields: Partial<AccountFields>,
    since: string = day,
  ): Promise<void> {
    const { outcomes } = await storeFacts(
      tx,
      [
        {
          kind: 'account',
          account: { via: 'externalId', id: account.externalId },
          fields,
          attributes: {},
          effectiveOn: null,
        },
      ],
      {
        sourceKey: 'person',
        receivedAt: at,
        asOfDay: day,
        byPerson: true,
        accountsMustExist: true,
        actor: { kind: 'user', id: person.user.id, name: person.user.fullName },
      },
    );
    const [outcome] = outcomes;
    if (outcome?.status === 'rejected') throw new InvalidInput(outcome.rejection.message, [], outcome.rejection.code);
    await markDirty(tx, new Map([[id, since < day ? since : day]]), at);
  }

  private async account(tx: Tx, scope: Scope, accountId: string): Promise<LeavingAccount> {
    const account = await this.repository.account(tx, scope, accountId);
    if (account === null) throw new NotFound('account');
    return account;
  }

  private async reason(tx: Tx, key: string): Promise<ChurnReason> {
    const found = (await this.lists.churnReasons(tx)).reasons.find((each) => each.key === key);
    if (!found) throw refused('reasonKey', 'UNKNOWN_REASON', `There is no reason "${key}".`);
    return found;
  }

  private async state(tx: Tx, scope: Scope, accountId: string): Promise<LeavingState> {
    const account = await this.account(tx, scope, accountId);
    const { status, noticeGivenOn, leavesOn, churnedOn, churnReason } = account;
    const leaving = status === 'customer' && (noticeGivenOn !== null || leavesOn !== null);
    const notice = leaving ? await this.repository.notice(tx, accountId) : null;
    const churn = status === 'churned' ? await this.repository.churn(tx, accountId) : null;
    const { reasons } = await this.lists.churnReasons(tx);
    const labelled = (key: string) => ({ key, label: reasons.find((each) => each.key === key)?.label ?? key });
    return {
      accountId,
      status,
      leaving,
      noticeGivenOn,
      leavesOn,
      churnedOn,
      churnReason,
      notice: notice && {
        reason: notice.reasonKey === null ? null : labelled(notice.reasonKey),
        note: notice.note,
        by: notice.by,
        at: notice.at.toISOString(),
      },
      churn: churn && {
        reason: churn.reason,
        competitor: churn.competitor,
        arrLostMinor: churn.arrLostMinor,
        note: churn.note,
        by: churn.by,
        at: churn.at.toISOString(),
      },
    };
  }
}

function mustBeCustomer({ status }: LeavingAccount): void {
  if (status !== 'customer') throw new Conflict('NOT_A_CUSTOMER', 'Only customers leave; this account is none.');
}

function nothingToUndo(message: string): Conflict {
  return new Conflict('NOTHING_TO_UNDO', message);
}

function refused(path: string, code: string, message: string): InvalidInput {
  return new InvalidInput(message, [{ path, code, message }], code);
}
