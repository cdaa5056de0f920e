import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { v7 as uuidv7 } from 'uuid';
import { open, type Tx } from '../../db/unit-of-work.js';

export interface StartedGoal {
  accountId: string;
  id: string;
}

interface Moment {
  at: Date;
  day: IsoDay;
  byUserId: string;
}

/** Goals that a bulk action started, as taking it back finds them. */
@Injectable()
export class StartedGoals {
  /** Cancels those that live and that no person has touched since, nor their tasks; answers which. */
  async cancel(tx: Tx, goals: readonly StartedGoal[], moment: Moment): Promise<Set<string>> {
    if (goals.length === 0) return new Set();
    const { query } = open(tx);
    const { at, day, byUserId } = moment;
    const cancelled = await query<StartedGoal & { before: unknown }>(
      `WITH untouched AS (
         SELECT g.account_id, g.id, g.status, g.at_risk_reason FROM steward.goal g
         WHERE g.account_id = ANY($1::uuid[]) AND g.id = ANY($2::uuid[])
           AND g.status IN ('notStarted', 'inProgress', 'atRisk')
           AND NOT EXISTS (SELECT 1 FROM steward.goal_event e
             WHERE e.account_id = g.account_id AND e.goal_id = g.id AND e.by_user_id IS NOT NULL AND e.kind <> 'started')
           AND NOT EXISTS (SELECT 1 FROM steward.task t JOIN steward.task_event e
               ON e.account_id = t.account_id AND e.task_id = t.id
             WHERE t.account_id = g.account_id AND t.goal_id = g.id AND e.by_user_id IS NOT NULL)
         ORDER BY g.account_id, g.id FOR NO KEY UPDATE OF g)
       UPDATE steward.goal g SET status = 'cancelled', at_risk_reason = NULL, ended_day = $3::date, ended_at = $4,
         ended_by = $5, outcome_reason = 'other', revision = g.revision + 1,
         score_at_end = (SELECT s.score FROM steward.account_state s WHERE s.account_id = g.account_id),
         arr_minor_at_end = (SELECT s.arr_minor FROM steward.account_state s WHERE s.account_id = g.account_id)
       FROM untouched u WHERE g.account_id = u.account_id AND g.id = u.id AND g.account_id = ANY($1::uuid[])
       RETURNING g.account_id AS "accountId", g.id, jsonb_build_object('status', u.status, 'atRiskReason', u.at_risk_reason,
         'endedDay', NULL, 'endedAt', NULL, 'endedBy', NULL, 'outcomeReason', NULL, 'scoreAtEnd', NULL,
         'arrMinorAtEnd', NULL) AS before`,
      [goals.map(({ accountId }) => accountId), goals.map(({ id }) => id), day, at, byUserId],
    );
    if (cancelled.length === 0) return new Set();
    const accountIds = cancelled.map(({ accountId }) => accountId);
    const ids = cancelled.map(({ id }) => id);
    await query(
      `INSERT INTO steward.goal_event (account_id, id, goal_id, kind, at, day, by_user_id, before, details, told_at)
       SELECT u.account_id, u.id, u.goal_id, 'cancelled', $1, $2::date, $3, u.before, '{"reason": "other", "by": "bulk"}', $1
       FROM unnest($4::uuid[], $5::uuid[], $6::uuid[], $7::jsonb[]) AS u (account_id, id, goal_id, before)
       ORDER BY u.account_id, u.id`,
      [
        at,
        day,
        byUserId,
        accountIds,
        ids.map(() => uuidv7()),
        ids,
        cancelled.map(({ before }) => JSON.stringify(before)),
      ],
    );
    await this.cancelTasks(tx, { accountIds, ids }, moment);
    return new Set(ids);
  }

  private async cancelTasks(
    tx: Tx,
    { accountIds, ids }: { accountIds: readonly string[]; ids: readonly string[] },
    { at, day, byUserId }: Moment,
  ): Promise<void> {
    const { query } = open(tx);
    const tasks = await query<StartedGoal>(
      `UPDATE steward.task t SET state = 'cancelled', ended_day = $3::date, ended_at = $4, ended_by = $5,
         snoozed_until = NULL, revision = t.revision + 1
       FROM (SELECT k.account_id, k.id FROM steward.task k WHERE k.account_id = ANY($1::uuid[])
           AND k.goal_id = ANY($2::uuid[]) AND k.state = 'open' ORDER BY k.account_id, k.id FOR NO KEY UPDATE) open
       WHERE t.account_id = open.account_id AND t.id = open.id AND t.account_id = ANY($1::uuid[])
       RETURNING t.account_id AS "accountId", t.id`,
      [accountIds, ids, day, at, byUserId],
    );
    if (tasks.length === 0) return;
    await query(
      `INSERT INTO steward.task_event (account_id, id, task_id, kind, at, day, by_user_id, details, told_at)
       SELECT u.account_id, u.id, u.task_id, 'cancelled', $1, $2::date, $3, '{"by": "goal"}', $1
       FROM unnest($4::uuid[], $5::uuid[], $6::uuid[]) AS u (account_id, id, task_id) ORDER BY u.account_id, u.id`,
      [
        at,
        day,
        byUserId,
        tasks.map(({ accountId }) => accountId),
        tasks.map(() => uuidv7()),
        tasks.map(({ id }) => id),
      ],
    );
  }
}
