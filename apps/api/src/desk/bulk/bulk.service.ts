import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { BulkAction, BulkChange, BulkSelection, OrderBulk } from '@steward/shared/bulk';
import { hasEnded } from '@steward/shared/bulk-states';
import { v7 } from 'uuid';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import type { Principal } from '../../platform/auth/principal.js';
import { writeCsv } from '../../platform/csv/csv-writer.js';
import {
  Conflict,
  InvalidInput,
  NotAllowed,
  NotFound,
  Refused,
  TooManyRequests,
} from '../../platform/errors/app-error.js';
import { Questions } from '../account-list/questions.service.js';
import { BulkRepository, type StoredBulk } from './bulk.repository.js';
import { countsOf, reasonOf, refusalsOf } from './bulk-counts.js';
import { BulkDesk } from './bulk-desk.js';
import { BulkKinds } from './kinds/bulk-kinds.js';
import { mayOrder } from './may-order.js';
import { type RefusedItem, RefusedItems } from './refused-items.repository.js';

export type Person = Extract<Principal, { kind: 'user' }>;

const REFUSED_HEADERS = ['Account id', 'Name', 'Code', 'Reason'];
const AT_A_TIME = 1_000;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';
const SHOWN = 20;
/** Each writes down its accounts at once: without an end, a person could fill the database with orders. */
const MOST_UNDER_WAY = 10;
const RETRY_S = 60;

/** Orders of changes to many accounts: each belongs to whoever ordered it. */
@Injectable()
export class BulkService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: BulkRepository,
    private readonly questions: Questions,
    private readonly refusedItems: RefusedItems,
    private readonly desk: BulkDesk,
    private readonly kinds: BulkKinds,
  ) {}

  async list(person: Person): Promise<{ actions: BulkAction[] }> {
    return this.unitOfWork.run(async (tx) => {
      const actions: BulkAction[] = [];
      for (const one of await this.repository.newestOf(tx, person.user.id, SHOWN))
        actions.push(await this.shown(tx, one));
      return { actions };
    });
  }

  async get(person: Person, id: string): Promise<BulkAction> {
    return this.unitOfWork.run(async (tx) => this.shown(tx, await this.own(tx, person, id)));
  }

  /** Finds the accounts and writes them down in one statement; the work itself is a job's. */
  async order(person: Person, { change, selection }: OrderBulk): Promise<BulkAction> {
    if (!mayOrder(person.user, change)) {
      throw new NotAllowed('You may claim accounts that have no owner; giving accounts to others is for managers.');
    }
    const id = v7();
    const ordered = await this.unitOfWork.run(async (tx) => {
      await this.mustHaveRoom(tx, person);
      await this.mustMakeSense(tx, change);
      const { rule, parts, text } = selection.kind === 'matching' ? selection : { rule: null, parts: [], text: '' };
      const question = await this.questions.of(tx, person, { rule, parts, text, asOf: null });
      const by = { id: person.user.id, name: person.user.fullName };
      await this.repository.add(tx, {
        id,
        change,
        undoes: null,
        selection: inShort(selection),
        by,
        at: this.desk.now(),
      });
      const accounts = await this.repository.freeze(tx, id, question, {
        only: selection.kind === 'rows' ? selection.accountIds : null,
        without: selection.kind === 'matching' ? selection.without : [],
      });
      if (accounts === 0) throw new Refused('NOTHING_SELECTED', 'None of your accounts is selected.');
      return this.shown(tx, await this.own(tx, person, id));
    });
    await this.desk.hint(id);
    return ordered;
  }

  async cancel(person: Person, id: string): Promise<BulkAction> {
    const cancelled = await this.unitOfWork.run(async (tx) => {
      const action = await this.own(tx, person, id);
      if (action.undoes !== null) throw new Conflict('CANNOT_CANCEL', 'Taking back is not cancelled half-way.');
      if (!(await this.repository.cancel(tx, id))) throw new Conflict('ENDED', 'It has ended already.');
      return this.shown(tx, await this.own(tx, person, id));
    });
    await this.desk.hint(id);
    return cancelled;
  }

  /** Takes back what was done: an action of its own, over the accounts that were changed. */
  async undo(person: Person, undoes: string): Promise<BulkAction> {
    const id = v7();
    const ordered = await this.unitOfWork.run(async (tx) => {
      await this.mustHaveRoom(tx, person);
      const action = await this.own(tx, person, undoes);
      if (!hasEnded(action.state)) throw new Conflict('NOT_ENDED', 'It is still under way: cancel it first.');
      if (action.undoneBy !== null) throw new Conflict('ALREADY_UNDONE', 'It has been taken back already.');
      if (action.undoes !== null) throw new Conflict('CANNOT_UNDO', 'Taking back cannot itself be taken back.');
      const by = { id: person.user.id, name: person.user.fullName };
      await this.repository.add(tx, { id, change: null, undoes, selection: null, by, at: this.desk.now() });
      if ((await this.repository.freezeDone(tx, id, undoes)) === 0) {
        throw new Conflict('NOTHING_TO_UNDO', 'It changed no account.');
      }
      return this.shown(tx, await this.own(tx, person, id));
    });
    await this.desk.hint(id);
    return ordered;
  }

  /** The accounts that were left as they were, as far as the person still sees them. */
  async refusedFile(person: Person, id: string): Promise<Readable> {
    await this.unitOfWork.run((tx) => this.own(tx, person, id));
    return writeCsv(REFUSED_HEADERS, this.refusedRows(person, id));
  }

  private async *refusedRows(person: Person, id: string): AsyncGenerator<string[]> {
    let after = BEFORE_ALL;
    for (;;) {
      const from = after;
      const page: RefusedItem[] = await this.unitOfWork.run((tx) =>
        this.refusedItems.page(tx, person.scope, id, from, AT_A_TIME),
      );
      for (const { externalId, name, code } of page) yield [externalId, name, code, reasonOf(code)];
      const last = page.at(-1);
      if (last === undefined || page.length < AT_A_TIME) return;
      after = last.id;
    }
  }

  private async mustHaveRoom(tx: Tx, person: Person): Promise<void> {
    if ((await this.repository.underWay(tx, person.user.id)) < MOST_UNDER_WAY) return;
    throw new TooManyRequests('TOO_MANY_UNDER_WAY', `${MOST_UNDER_WAY} of your changes are still under way.`, RETRY_S);
  }

  private async mustMakeSense(tx: Tx, change: BulkChange): Promise<void> {
    const refused = await this.kinds.refusedWhole(tx, change);
    if (refused === null) return;
    const { code } = refused;
    const message = reasonOf(code);
    throw new InvalidInput(message, [{ path: `change.${refused.path}`, code, message }], code);
  }

  private async own(tx: Tx, person: Person, id: string): Promise<StoredBulk> {
    const action = await this.repository.find(tx, id);
    if (action === null || action.byUserId !== person.user.id) throw new NotFound('bulk action');
    return action;
  }

  private async shown(tx: Tx, action: StoredBulk): Promise<BulkAction> {
    const tallies = await this.repository.tally(tx, action.id);
    const counts = action.counts ?? countsOf(tallies);
    const { id, change, undoes, state, undoneBy, createdAt, finishedAt } = action;
    const ended = hasEnded(state);
    return {
      id,
      change,
      undoes,
      state,
      counts,
      refusals: refusalsOf(tallies),
      undoneBy,
      mayUndo: ended && undoes === null && undoneBy === null && counts.done > 0,
      computed: ended && (await this.repository.isComputed(tx, id)),
      createdAt: createdAt.toISOString(),
      finishedAt: finishedAt?.toISOString() ?? null,
    };
  }
}

/** For the record; the accounts stand in the items. */
function inShort(selection: BulkSelection): unknown {
  if (selection.kind === 'rows') return { kind: 'rows', accounts: selection.accountIds.length };
  const { kind, rule, text, without } = selection;
  return { kind, rule, text, without: without.length };
}
