import { Injectable } from '@nestjs/common';
import type { CreateDeal, UpdateDeal } from '@steward/shared/deals';
import type { Tx } from '../../db/unit-of-work.js';
import type { DealEdit, DealFields } from '../../domain/deals/deal.js';
import { stageOf } from '../../domain/deals/stages.js';
import { InvalidInput } from '../../platform/errors/app-error.js';
import type { Editing, Person } from '../../records/accounts/account-editing.js';
import { SalesLists } from '../../records/deals/sales-lists.reader.js';
import { PeopleReader } from '../../records/users/people.reader.js';
import { WorkspaceReader } from '../../records/workspace/workspace.reader.js';
import { DealWritesRepository } from './deal-writes.repository.js';
import { SubscriptionsRepository } from './subscriptions.repository.js';

type NewFields = Omit<DealFields, 'state' | 'endedOn' | 'reason' | 'openedOn'>;

/** What people write into a deal, held against the world: its stage, owner, goal and currency. */
@Injectable()
export class DealFieldsCheck {
  constructor(
    private readonly lists: SalesLists,
    private readonly people: PeopleReader,
    private readonly workspaces: WorkspaceReader,
    private readonly writes: DealWritesRepository,
    private readonly subscriptions: SubscriptionsRepository,
  ) {}

  async ofNew(editing: Editing, person: Person, given: CreateDeal): Promise<NewFields> {
    const { tx } = editing;
    const { stages } = await this.lists.dealStages(tx);
    const stage = given.stage === undefined ? (stages[0]?.key ?? null) : given.stage;
    if (stage !== null) await this.mustBeStage(tx, stage);
    if (given.goalId !== null) await this.mustBeGoal(editing, given.goalId);
    const owner = given.ownerUserId === undefined ? await this.usualOwner(editing, person) : given.ownerUserId;
    if (given.ownerUserId) await this.mustOwn(editing, given.ownerUserId);
    const { kind, name, amountMinor, probability, closeOn, goalId } = given;
    const currency = amountMinor === null ? null : (given.currency ?? (await this.currency(tx)));
    const fields = { kind, name, stage, amountMinor, currency, probability, closeOn, goalId };
    return { ...fields, ownerUserId: owner, ownerText: null };
  }

  async ofEdit(editing: Editing, deal: DealFields, wanted: Omit<UpdateDeal, 'revision'>): Promise<DealEdit> {
    const { tx } = editing;
    const fields: DealEdit = { ...wanted };
    if (wanted.stage && wanted.stage !== deal.stage) await this.mustBeStage(tx, wanted.stage);
    if (wanted.goalId && wanted.goalId !== deal.goalId) await this.mustBeGoal(editing, wanted.goalId);
    if (wanted.ownerUserId !== undefined && wanted.ownerUserId !== deal.ownerUserId) {
      if (wanted.ownerUserId !== null) await this.mustOwn(editing, wanted.ownerUserId);
      fields.ownerText = null;
    }
    const amountMinor = wanted.amountMinor === undefined ? deal.amountMinor : wanted.amountMinor;
    const currency = wanted.currency ?? deal.currency ?? (await this.currency(tx));
    return { ...fields, currency: amountMinor === null ? null : currency };
  }

  externalIdOf(tx: Tx, accountId: string): Promise<string> {
    return this.subscriptions.externalIdOf(tx, accountId);
  }

  private async currency(tx: Tx): Promise<string> {
    return (await this.workspaces.workspace(tx)).currency;
  }

  private async mustBeStage(tx: Tx, stage: string): Promise<void> {
    const { stages } = await this.lists.dealStages(tx);
    if (stageOf(stage, stages)?.key === stage) return;
    const message = `There is no stage "${stage}".`;
    throw new InvalidInput(message, [{ path: 'stage', code: 'UNKNOWN_OPTION', message }], 'UNKNOWN_STAGE');
  }

  private async mustBeGoal({ tx, account }: Editing, goalId: string): Promise<void> {
    if (await this.writes.hasGoal(tx, account.id, goalId)) return;
    const message = 'The account has no such goal.';
    throw new InvalidInput(message, [{ path: 'goalId', code: 'UNKNOWN_GOAL', message }], 'UNKNOWN_GOAL');
  }

  private async mustOwn({ tx, account, day }: Editing, userId: string): Promise<void> {
    (await this.people.on(tx, day)).mustAct(userId, account, 'ownerUserId');
  }

  /** The account’s AM, as long as they are with us; else whoever makes the deal. */
  private async usualOwner({ tx, account, day }: Editing, person: Person): Promise<string> {
    const am = account.amUserId === null ? null : (await this.people.on(tx, day)).byId(account.amUserId);
    return am?.id ?? person.user.id;
  }
}
