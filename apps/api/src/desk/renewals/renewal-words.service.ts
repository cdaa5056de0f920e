import { Injectable } from '@nestjs/common';
import type { GiveOutcome, Renewal, UpdateForecast } from '@steward/shared/renewals';
import type { Tx } from '../../db/unit-of-work.js';
import { renewedOf } from '../../domain/renewals/renewals.js';
import { changesBetween } from '../../platform/audit/changes.js';
import { Conflict, InvalidInput, NotFound, RevisionMoved } from '../../platform/errors/app-error.js';
import { AccountEditing, type Editing, type Person } from '../../records/accounts/account-editing.js';
import { AccountEditsRepository } from '../../records/accounts/account-edits.repository.js';
import { SalesLists } from '../../records/deals/sales-lists.reader.js';
import { type OutcomeFields, RenewalWritesRepository, type StoredRenewal } from './renewal-writes.repository.js';
import { RenewalsService } from './renewals.service.js';

/** What people say of a renewal: what they expect, and what became of it. */
@Injectable()
export class RenewalWords {
  constructor(
    private readonly editing: AccountEditing,
    private readonly writes: RenewalWritesRepository,
    private readonly renewals: RenewalsService,
    private readonly accounts: AccountEditsRepository,
    private readonly lists: SalesLists,
  ) {}

  forecast(person: Person, accountId: string, dueOn: string, given: UpdateForecast): Promise<Renewal> {
    return this.editing.edit(person, accountId, async (editing) => {
      const { tx, at } = editing;
      const renewal = await this.held(editing, dueOn, given.revision);
      if (renewal.outcome !== null) throw decided();
      const before = { category: renewal.forecastCategory, amountMinor: renewal.forecastAmountMinor };
      const after = {
        category: given.category === undefined ? before.category : given.category,
        amountMinor: given.amountMinor === undefined ? before.amountMinor : given.amountMinor,
      };
      const changes = changesBetween(before, after);
      const changed = Object.keys(changes).length > 0;
      if (changed) await this.writes.setForecast(tx, accountId, dueOn, after, { userId: person.user.id, at });
      const result = await this.renewals.one(tx, accountId, dueOn);
      return {
        result,
        action: changed ? 'renewal.forecast' : null,
        changes: { dueOn: { from: dueOn, to: dueOn }, ...changes },
      };
    });
  }

  decide(person: Person, accountId: string, dueOn: string, given: GiveOutcome): Promise<Renewal> {
    return this.editing.edit(person, accountId, async (editing) => {
      const { tx, at, day } = editing;
      const renewal = await this.held(editing, dueOn, given.revision);
      if (renewal.decidedBy !== null) throw decided();
      const on = given.on ?? day;
      if (on > day) throw refused('on', 'DAY_IN_FUTURE', 'A renewal is decided today at the latest.');
      const outcome = await this.outcomeOf(tx, renewal, given, on);
      const renewalDate = await this.moveDate(editing, person, dueOn, given);
      const before = { ...fieldsOf(renewal), ...(renewalDate === null ? {} : { renewalDate }) };
      await this.writes.setOutcome(tx, accountId, dueOn, outcome, { decidedBy: person.user.id, before, at });
      const result = await this.renewals.one(tx, accountId, dueOn);
      const changes = { dueOn: { from: dueOn, to: dueOn }, ...changesBetween(fieldsOf(renewal), outcome) };
      return { result, action: `renewal.${outcome.outcome === 'lost' ? 'lost' : 'renewed'}`, changes };
    });
  }

  undo(person: Person, accountId: string, dueOn: string, revision: number): Promise<Renewal> {
    return this.editing.edit(person, accountId, async (editing) => {
      const { tx, at, day, account } = editing;
      const renewal = await this.held(editing, dueOn, revision);
      const { before } = renewal;
      if (renewal.decidedBy === null || before === null) {
        throw new Conflict('NOTHING_TO_UNDO', 'Nobody has told the outcome of this renewal: the facts have.');
      }
      await this.writes.setOutcome(tx, accountId, dueOn, fieldsOf(before), { decidedBy: null, before: null, at });
      await this.writes.askAgain(tx, accountId);
      const { renewalDate } = before;
      // Only where nobody has set another one since.
      if (renewalDate !== undefined && account.renewalDate === renewalDate.to) {
        await this.saveDate(editing, person, renewalDate.from, day);
      }
      const changes = { dueOn: { from: dueOn, to: dueOn }, ...changesBetween(fieldsOf(renewal), fieldsOf(before)) };
      return { result: await this.renewals.one(tx, accountId, dueOn), action: 'renewal.outcome_undone', changes };
    });
  }

  private async held({ tx, account }: Editing, dueOn: string, revision: number): Promise<StoredRenewal> {
    const renewal = await this.writes.held(tx, account.id, dueOn);
    if (renewal === null) throw new NotFound('renewal');
    if (renewal.revision !== revision) throw new RevisionMoved('renewal');
    return renewal;
  }

  private async outcomeOf(tx: Tx, renewal: StoredRenewal, given: GiveOutcome, on: string): Promise<OutcomeFields> {
    const { note } = given;
    if (given.outcome === 'lost') {
      const { reasons } = await this.lists.churnReasons(tx);
      const { reasonKey } = given;
      if (!reasons.some(({ key }) => key === reasonKey)) {
        throw refused('reasonKey', 'UNKNOWN_REASON', `There is no reason "${reasonKey}".`);
      }
      return { outcome: 'lost', outcomeDay: on, renewedAmountMinor: 0, reasonKey, note };
    }
    const { amountMinor } = given;
    if (amountMinor === 0) throw refused('amountMinor', 'NOTHING_RENEWED', 'A renewal of nothing is a lost one.');
    const outcome = renewedOf(renewal.amountMinor, amountMinor);
    return { outcome, outcomeDay: on, renewedAmountMinor: amountMinor, reasonKey: null, note };
  }

  /** The account’s next renewal date. Answers what it was; null: it stays. */
  private async moveDate(editing: Editing, person: Person, dueOn: string, given: GiveOutcome) {
    if (given.outcome !== 'renewed' || given.nextDueOn === null) return null;
    const { nextDueOn } = given;
    if (nextDueOn <= dueOn) throw refused('nextDueOn', 'BEFORE_DUE', 'The next renewal comes after this one.');
    const from = editing.account.renewalDate;
    if (from === nextDueOn) return null;
    await this.saveDate(editing, person, nextDueOn, editing.day);
    return { from, to: nextDueOn };
  }

  private saveDate(
    { tx, account, at }: Editing,
    person: Person,
    renewalDate: string | null,
    day: string,
  ): Promise<void> {
    const edit = { accountId: account.id, personId: person.user.id, names: new Map<string, string>(), day, at };
    return this.accounts.save(tx, { ...edit, values: { renewalDate } });
  }
}

function fieldsOf({ outcome, outcomeDay, renewedAmountMinor, reasonKey, note }: OutcomeFields): OutcomeFields {
  return { outcome, outcomeDay, renewedAmountMinor, reasonKey, note };
}

function decided(): Conflict {
  return new Conflict(
    'RENEWAL_DECIDED',
    'It is known what became of this renewal. Take the outcome back to change it.',
  );
}

function refused(path: string, code: string, message: string): InvalidInput {
  return new InvalidInput(message, [{ path, code, message }], code);
}
