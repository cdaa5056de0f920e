import { Injectable } from '@nestjs/common';
import type { GoalDetail } from '@steward/shared/goals';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import { stepToUndo } from '../../domain/goals/undo.js';
import type { Scope } from '../../platform/auth/scope.js';
import { NotFound } from '../../platform/errors/app-error.js';
import { WorkspaceReader } from '../../records/workspace/workspace.reader.js';
import { AlertsRepository } from '../alerts/alerts.repository.js';
import { GoalMeasures } from './goal-measures.service.js';
import { type GoalKey, GoalWritesRepository } from './goal-writes.repository.js';
import { GoalsRepository } from './goals.repository.js';

/** One goal with its tasks, its history, its measured values and its deals. */
@Injectable()
export class GoalPage {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: GoalsRepository,
    private readonly writes: GoalWritesRepository,
    private readonly accounts: AlertsRepository,
    private readonly measures: GoalMeasures,
    private readonly workspaces: WorkspaceReader,
  ) {}

  detail(scope: Scope, key: GoalKey): Promise<GoalDetail> {
    return this.unitOfWork.run(async (tx) => {
      const today = await this.workspaces.today(tx);
      const row = await this.repository.one(tx, scope, key, isoOf(today));
      const [account] = row === null ? [] : await this.accounts.accounts(tx, scope, [key.accountId]);
      if (row === null || !account) throw new NotFound('goal');
      return {
        ...(await this.measures.goal(tx, row, today)),
        account,
        taskList: await this.measures.tasks(tx, await this.repository.tasks(tx, key), today),
        events: await this.repository.events(tx, key),
        series: await this.measures.series(tx, row, today),
        deals: await this.repository.deals(tx, key),
        mayUndo: await this.mayUndo(tx, key),
      };
    });
  }

  private async mayUndo(tx: Tx, key: GoalKey): Promise<boolean> {
    return stepToUndo(await this.writes.past(tx, key)) !== null;
  }
}
