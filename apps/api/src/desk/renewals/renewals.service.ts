import { Injectable } from '@nestjs/common';
import type { AccountRenewals, Renewal, RenewalList, RenewalListQuery } from '@steward/shared/renewals';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { addDays, isoOf } from '../../domain/calendar/day.js';
import { addMonths, firstDayOf, monthOf } from '../../domain/calendar/month.js';
import type { Principal } from '../../platform/auth/principal.js';
import type { Scope } from '../../platform/auth/scope.js';
import { InvalidInput, NotFound } from '../../platform/errors/app-error.js';
import { SalesLists } from '../../records/deals/sales-lists.reader.js';
import { WorkspaceReader } from '../../records/workspace/workspace.reader.js';
import { peopleMeant } from '../whose.js';
import { type RenewalWorld, renewalOf } from './renewal-row-sql.js';
import { totalsOf } from './renewal-totals.js';
import { RenewalsRepository } from './renewals.repository.js';

const MONTHS_AHEAD = 12;

/** Renewals as a list with its totals, and of an account: all within the reader's scope. */
@Injectable()
export class RenewalsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: RenewalsRepository,
    private readonly lists: SalesLists,
    private readonly workspaces: WorkspaceReader,
  ) {}

  list(
    principal: Principal,
    { scope: whose, from, to, offset, limit, ...query }: RenewalListQuery,
  ): Promise<RenewalList> {
    const { scope } = principal;
    return this.unitOfWork.run(async (tx) => {
      const today = await this.workspaces.today(tx);
      const thisMonth = isoOf(firstDayOf(monthOf(today)));
      const span = {
        from: from ?? thisMonth,
        to: to ?? isoOf(addDays(addMonths(firstDayOf(monthOf(today)), MONTHS_AHEAD + 1), -1)),
      };
      if (span.to < span.from) {
        const message = `${span.to} lies before ${span.from}.`;
        throw new InvalidInput(message, [{ path: 'to', message }]);
      }
      const question = { ...query, ...span, withOverdue: from === undefined, people: peopleMeant(principal, whose) };
      const world = await this.world(tx);
      const groups = await this.repository.groups(tx, scope, question, world);
      const known = await this.repository.knownChurn(tx, scope, question, world, thisMonth);
      const rows = groups.length === 0 ? [] : await this.repository.page(tx, scope, question, world, { offset, limit });
      return {
        asOf: isoOf(today),
        ...span,
        rows: rows.map((row) => {
          const { account, lastTouch, autoRenew } = row;
          return { ...renewalOf(row, world), account, lastTouch, autoRenew };
        }),
        totals: totalsOf(groups, known),
      };
    });
  }

  ofAccount(scope: Scope, accountId: string): Promise<AccountRenewals> {
    return this.unitOfWork.run(async (tx) => {
      if (!(await this.repository.isVisible(tx, scope, accountId))) throw new NotFound('account');
      const world = await this.world(tx);
      const rows = await this.repository.ofAccount(tx, accountId, world, null);
      return { renewals: rows.map((row) => renewalOf(row, world)) };
    });
  }

  /** One renewal, of an account that has been seen to be in scope. */
  async one(tx: Tx, accountId: string, dueOn: string): Promise<Renewal> {
    const world = await this.world(tx);
    const [row] = await this.repository.ofAccount(tx, accountId, world, dueOn);
    if (!row) throw new NotFound('renewal');
    return renewalOf(row, world);
  }

  private async world(tx: Tx): Promise<RenewalWorld> {
    const { today, settings } = await this.workspaces.workspace(tx);
    const { reasons } = await this.lists.churnReasons(tx);
    return {
      today: isoOf(today),
      chances: settings.renewalChance,
      reasons: new Map(reasons.map(({ key, label }) => [key, label])),
    };
  }
}
