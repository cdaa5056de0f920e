import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import type { BegunGoal, Goal, GoalList, GoalListQuery } from '@steward/shared/goals';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import type { Principal } from '../../platform/auth/principal.js';
import type { Scope } from '../../platform/auth/scope.js';
import { NotFound } from '../../platform/errors/app-error.js';
import { asOfDay, WorkspaceReader } from '../../records/workspace/workspace.reader.js';
import { AlertsRepository } from '../alerts/alerts.repository.js';
import { ShownGoals } from '../shown-goals.js';
import { peopleMeant } from '../whose.js';
import { GoalsRepository } from './goals.repository.js';

/** Goals as list, board and calendar, and those of an account: all within the reader's scope. */
@Injectable()
export class GoalsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: GoalsRepository,
    private readonly accounts: AlertsRepository,
    private readonly shownGoals: ShownGoals,
    private readonly workspaces: WorkspaceReader,
  ) {}

  list(principal: Principal, { scope: whose, ...query }: GoalListQuery): Promise<GoalList> {
    const { scope } = principal;
    const question = { ...query, people: peopleMeant(principal, whose), withBooks: whose === 'team' };
    return this.unitOfWork.run(async (tx) => {
      const today = await this.workspaces.today(tx);
      const totals = await this.repository.totals(tx, scope, question);
      const total = [...new Set(query.status)].reduce((sum, status) => sum + totals.byStatus[status], 0);
      const found = total === 0 ? [] : await this.repository.page(tx, scope, question, isoOf(today));
      const goals = await this.shownGoals.shown(tx, found, today);
      const ids = [...new Set(goals.map(({ accountId }) => accountId))];
      const accounts = ids.length === 0 ? [] : await this.accounts.accounts(tx, scope, ids);
      const byId = new Map(accounts.map((account) => [account.id, account]));
      const rows = goals.flatMap((goal) => {
        const account = byId.get(goal.accountId);
        return account ? [{ account, goal }] : [];
      });
      return { rows, total, ...totals };
    });
  }

  ofAccount(scope: Scope, accountId: string): Promise<{ goals: Goal[] }> {
    return this.unitOfWork.run(async (tx) => {
      await this.mustSee(tx, scope, accountId);
      const today = await this.workspaces.today(tx);
      const found = await this.repository.ofAccount(tx, accountId, isoOf(today));
      return { goals: await this.shownGoals.shown(tx, found, today) };
    });
  }

  begun(scope: Scope, accountId: string, asOf: IsoDay | undefined): Promise<{ goals: BegunGoal[] }> {
    return this.unitOfWork.run(async (tx) => {
      await this.mustSee(tx, scope, accountId);
      const { day } = asOfDay(asOf, await this.workspaces.today(tx));
      return { goals: await this.repository.begun(tx, accountId, day) };
    });
  }

  private async mustSee(tx: Tx, scope: Scope, accountId: string): Promise<void> {
    if ((await this.accounts.accounts(tx, scope, [accountId])).length === 0) throw new NotFound('account');
  }
}
