import { Injectable } from '@nestjs/common';
import type { Catalogue } from '../db/rules/bindings.js';
import type { Tx } from '../db/unit-of-work.js';
import { type Day, isoOf } from '../domain/calendar/day.js';
import { GoalStarter, type PlannedStart, type StartOrder } from './goals/goal-starter.service.js';

/** What a start by a person would come to on an account as it is now. */
@Injectable()
export class GoalPlans {
  constructor(private readonly starter: GoalStarter) {}

  /** Null: the account is not computed yet. Nothing is stored. */
  async plan(
    tx: Tx,
    order: Pick<StartOrder, 'accountId' | 'playbook' | 'startDay'>,
    catalogue: Catalogue,
    today: Day,
  ): Promise<PlannedStart | null> {
    const day = isoOf(today);
    const rows = { table: 'account_state', day, context: { kind: 'live', day }, catalogue } as const;
    const byPerson = { how: 'hand', dueDay: null, alertId: null, segmentId: null, byUserId: null, id: null } as const;
    const [plan] = (await this.starter.plan(tx, [{ ...order, ...byPerson }], rows, today)).values();
    return plan ?? null;
  }
}
