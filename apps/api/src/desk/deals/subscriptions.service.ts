import { Injectable } from '@nestjs/common';
import type {
  AccountSubscriptions,
  CreateSubscription,
  Subscription,
  UpdateSubscription,
} from '@steward/shared/subscriptions';
import { v7 as uuidv7 } from 'uuid';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { isoOf, toDay, toDayOrNull } from '../../domain/calendar/day.js';
import type { SubscriptionFields } from '../../domain/deals/subscription-change.js';
import { changesBetween, changesOfNew } from '../../platform/audit/changes.js';
import type { Scope } from '../../platform/auth/scope.js';
import { Conflict, InvalidInput, NotFound, RevisionMoved } from '../../platform/errors/app-error.js';
import { AccountEditing, type Person } from '../../records/accounts/account-editing.js';
import { WorkspaceReader } from '../../records/workspace/workspace.reader.js';
import { DealsRepository } from './deals.repository.js';
import { HandKept } from './hand-kept.service.js';
import { SubscriptionsRepository } from './subscriptions.repository.js';

const MOST_OF_ACCOUNT = 500;

/** An account’s subscriptions; those kept by hand are made and changed here. */
@Injectable()
export class SubscriptionsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly editing: AccountEditing,
    private readonly repository: SubscriptionsRepository,
    private readonly deals: DealsRepository,
    private readonly handKept: HandKept,
    private readonly workspaces: WorkspaceReader,
  ) {}

  ofAccount(scope: Scope, accountId: string): Promise<AccountSubscriptions> {
    return this.unitOfWork.run(async (tx) => {
      if (!(await this.deals.isVisible(tx, scope, accountId))) throw new NotFound('account');
      const today = isoOf(await this.workspaces.today(tx));
      return { subscriptions: await this.repository.ofAccount(tx, accountId, today) };
    });
  }

  create(person: Person, accountId: string, given: CreateSubscription): Promise<Subscription> {
    return this.editing.edit(person, accountId, async (editing) => {
      const { tx } = editing;
      if ((await this.repository.count(tx, accountId)) >= MOST_OF_ACCOUNT) {
        throw new Conflict('TOO_MANY_SUBSCRIPTIONS', `An account has at most ${MOST_OF_ACCOUNT} subscriptions.`);
      }
      const currency = given.currency ?? (await this.workspaces.workspace(tx)).currency;
      const fields = { ...given, currency, start: toDay(given.start), end: toDayOrNull(given.end) };
      const id = uuidv7();
      await this.handKept.storeSubscription(editing, person, id, fields, null);
      const result = await this.shown(tx, accountId, id, editing.day);
      return { result, action: 'subscription.created', changes: changesOfNew({ id, ...given, currency }) };
    });
  }

  update(person: Person, accountId: string, id: string, update: UpdateSubscription): Promise<Subscription> {
    const { revision, ...wanted } = update;
    return this.editing.edit(person, accountId, async (editing) => {
      const { tx } = editing;
      const before = await this.handKept.mine(editing, id, null);
      if (before.revision !== revision) throw new RevisionMoved('subscription');
      const fields: SubscriptionFields = {
        ...before,
        ...Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)),
        start: wanted.start === undefined ? before.start : toDay(wanted.start),
        end: wanted.end === undefined ? before.end : toDayOrNull(wanted.end),
      };
      if (fields.end !== null && fields.end < fields.start) {
        throw new InvalidInput('It would end before it begins.', [{ path: 'end', message: 'lies before the start' }]);
      }
      const readable = { ...before, start: isoOf(before.start), end: before.end === null ? null : isoOf(before.end) };
      const changes = changesBetween(readable, wanted);
      if (Object.keys(changes).length === 0) {
        return { result: await this.shown(tx, accountId, id, editing.day), action: null, changes };
      }
      await this.handKept.storeSubscription(editing, person, id, fields, before);
      const result = await this.shown(tx, accountId, id, editing.day);
      return { result, action: 'subscription.edited', changes: { id: { from: id, to: id }, ...changes } };
    });
  }

  async remove(person: Person, accountId: string, id: string, revision: number): Promise<void> {
    await this.editing.edit(person, accountId, async (editing) => {
      const before = await this.handKept.mine(editing, id, null);
      if (before.revision !== revision) throw new RevisionMoved('subscription');
      await this.handKept.removeSubscription(editing, before);
      const { plan, mrrMinor, currency, start, end } = before;
      const was = { id, plan, mrrMinor, currency, start: isoOf(start), end: end === null ? null : isoOf(end) };
      const changes = Object.fromEntries(Object.entries(was).map(([field, from]) => [field, { from, to: null }]));
      return { result: undefined, action: 'subscription.removed', changes };
    });
  }

  private async shown(tx: Tx, accountId: string, id: string, today: string): Promise<Subscription> {
    const found = (await this.repository.ofAccount(tx, accountId, today)).find((each) => each.id === id);
    if (!found) throw new NotFound('subscription');
    return found;
  }
}
