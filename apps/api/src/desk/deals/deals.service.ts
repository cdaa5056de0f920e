import { Injectable } from '@nestjs/common';
import type {
  AccountDeals,
  Deal,
  DealBoard,
  DealBoardQuery,
  DealDetail,
  DealList,
  DealListQuery,
} from '@steward/shared/deals';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import { undoableStep } from '../../domain/deals/deal.js';
import { minorDigits } from '../../domain/values/money.js';
import type { Principal } from '../../platform/auth/principal.js';
import type { Scope } from '../../platform/auth/scope.js';
import { NotFound } from '../../platform/errors/app-error.js';
import { SalesLists } from '../../records/deals/sales-lists.reader.js';
import { WorkspaceReader } from '../../records/workspace/workspace.reader.js';
import { peopleMeant } from '../whose.js';
import { type DealWorld, dealOf, type StoredDealRow } from './deal-row-sql.js';
import { columnsOf, totalsOf } from './deal-totals.js';
import { DealsRepository } from './deals.repository.js';

const MOST_CARDS = 50;

/** Deals as list, board, and of an account: all within the reader's scope. */
@Injectable()
export class DealsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: DealsRepository,
    private readonly lists: SalesLists,
    private readonly workspaces: WorkspaceReader,
  ) {}

  list(principal: Principal, { scope: whose, order, offset, limit, ...query }: DealListQuery): Promise<DealList> {
    const { scope } = principal;
    const question = { ...query, people: peopleMeant(principal, whose) };
    return this.unitOfWork.run(async (tx) => {
      const world = await this.world(tx);
      const totals = totalsOf(await this.repository.groups(tx, scope, question, world), world.stages);
      const rows =
        totals.deals === 0 ? [] : await this.repository.page(tx, scope, question, world, { order, offset, limit });
      return { asOf: world.today, rows: await this.shown(tx, rows, world), totals };
    });
  }

  board(principal: Principal, { scope: whose, ...query }: DealBoardQuery): Promise<DealBoard> {
    const { scope } = principal;
    const question = { ...query, state: ['open' as const], people: peopleMeant(principal, whose) };
    return this.unitOfWork.run(async (tx) => {
      const world = await this.world(tx);
      const groups = await this.repository.groups(tx, scope, question, world);
      const cards = await this.repository.cards(tx, scope, question, world, MOST_CARDS);
      return { asOf: world.today, columns: columnsOf(groups, await this.shown(tx, cards, world), world.stages) };
    });
  }

  ofAccount(scope: Scope, accountId: string): Promise<AccountDeals> {
    return this.unitOfWork.run(async (tx) => {
      await this.mustSee(tx, scope, accountId);
      const world = await this.world(tx);
      const rows = await this.repository.ofAccount(tx, accountId, world, null);
      const deals = await this.shown(tx, rows, world);
      return { deals: deals.map(({ account: _, ...deal }) => deal) };
    });
  }

  detail(scope: Scope, accountId: string, id: string): Promise<DealDetail> {
    return this.unitOfWork.run(async (tx) => {
      await this.mustSee(tx, scope, accountId);
      const world = await this.world(tx);
      const [deal] = await this.shown(tx, await this.repository.ofAccount(tx, accountId, world, id), world);
      if (!deal) throw new NotFound('deal');
      const events = await this.repository.history(tx, { accountId, id });
      return { ...deal, events: events.map(({ at, ...event }) => ({ ...event, at: at.toISOString() })) };
    });
  }

  /** One deal, of an account that has been seen to be in scope. */
  async one(tx: Tx, accountId: string, id: string): Promise<Deal> {
    const world = await this.world(tx);
    const [deal] = await this.shown(tx, await this.repository.ofAccount(tx, accountId, world, id), world);
    if (!deal) throw new NotFound('deal');
    const { account: _, ...shown } = deal;
    return shown;
  }

  private async shown<Row extends StoredDealRow>(tx: Tx, rows: readonly Row[], world: DealWorld) {
    const steps = rows.length === 0 ? [] : await this.repository.steps(tx, rows);
    return rows.map((row) => {
      const own = steps.filter(({ accountId, dealId }) => accountId === row.accountId && dealId === row.id);
      const last = undoableStep(own, row.revision);
      return dealOf(row, world, last === null ? null : (last.kind as Deal['mayUndo']));
    });
  }

  private async world(tx: Tx): Promise<DealWorld> {
    const { currency, today } = await this.workspaces.workspace(tx);
    const { stages } = await this.lists.dealStages(tx);
    return { today: isoOf(today), currency, minorDigits: minorDigits(currency), stages };
  }

  private async mustSee(tx: Tx, scope: Scope, accountId: string): Promise<void> {
    if (!(await this.repository.isVisible(tx, scope, accountId))) throw new NotFound('account');
  }
}
