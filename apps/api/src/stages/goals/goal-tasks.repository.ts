import { Injectable } from '@nestjs/common';
import { Binder } from '../../db/rules/binder.js';
import { dayNumber } from '../../db/sql-days.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Day } from '../../domain/calendar/day.js';
import { type Batch, inBatch } from '../batch.js';
import { byKey, type ChangedTask, type StoredGoal, type StoredTask } from './goal-rows.js';
import type { Instant } from './goals.repository.js';

/** The tasks of live goals, and what a day makes of them. */
@Injectable()
export class GoalTasksRepository {
  async ofGoals(tx: Tx, goals: readonly StoredGoal[]): Promise<StoredTask[]> {
    if (goals.length === 0) return [];
    return open(tx).prepared<StoredTask>(
      `SELECT account_id AS "accountId", id, goal_id AS "goalId", key, state, required, role,
         assignee_user_id AS "assigneeUserId", ${dayNumber('due_day')} AS "dueDay", due_by_hand AS "dueByHand",
         waits_for AS "waitsFor", completes_itself AS "completesItself", revision
       FROM steward.task WHERE account_id = ANY($1::uuid[]) AND goal_id = ANY($2::uuid[]) ORDER BY account_id, id`,
      [goals.map(({ accountId }) => accountId), goals.map(({ id }) => id)],
    );
  }

  /** Open tasks of live goals that have a day and a person. */
  openOnes(tx: Tx, batch: Batch): Promise<{ accountId: string; id: string; dueDay: Day }[]> {
    const { bind, values } = new Binder();
    return open(tx).prepared(
      `SELECT t.account_id AS "accountId", t.id, ${dayNumber('t.due_day')} AS "dueDay" FROM steward.task t
         JOIN steward.goal g ON g.account_id = t.account_id AND g.id = t.goal_id AND ${inBatch(batch, 'g.account_id', bind)}
       WHERE ${inBatch(batch, 't.account_id', bind)} AND t.state = 'open' AND t.due_day IS NOT NULL
         AND t.assignee_user_id IS NOT NULL AND g.ended_day IS NULL
       ORDER BY t.account_id, t.id`,
      values,
    );
  }

  /** As if their people had done them on the day. */
  async complete(tx: Tx, tasks: readonly { accountId: string; id: string }[], day: Instant): Promise<void> {
    if (tasks.length === 0) return;
    await open(tx).prepared(
      `UPDATE steward.task t SET state = 'done', completed_how = 'person', ended_day = $1::date, ended_at = $2,
         ended_by = t.assignee_user_id, revision = t.revision + 1
       FROM unnest($3::uuid[], $4::uuid[]) AS u (account_id, id)
       WHERE t.account_id = u.account_id AND t.id = u.id AND t.account_id = ANY($3::uuid[])`,
      [day.iso, day.at, tasks.map(({ accountId }) => accountId), tasks.map(({ id }) => id)],
    );
  }

  /** Writes onto the revisions that were read; answers which. */
  async change(tx: Tx, changes: readonly ChangedTask[], day: Instant): Promise<Set<string>> {
    if (changes.length === 0) return new Set();
    const rows = [...changes].sort((a, b) => byKey(a.task, b.task));
    const changed = await open(tx).prepared<{ id: string }>(
      `UPDATE steward.task t SET state = u.state, assignee_user_id = u.assignee_user_id, due_day = u.due_day,
         waits_for = u.waits_for, completed_how = CASE WHEN u.state = 'done' THEN 'rule' END,
         snoozed_until = CASE WHEN u.state = 'open' THEN t.snoozed_until END,
         ended_day = CASE WHEN u.state <> 'open' THEN $1::date END,
         ended_at = CASE WHEN u.state <> 'open' THEN $2::timestamptz END, revision = t.revision + 1
       FROM unnest($3::uuid[], $4::uuid[], $5::int[], $6::text[], $7::uuid[], $8::date[], $9::text[])
         AS u (account_id, id, revision, state, assignee_user_id, due_day, waits_for)
       WHERE t.account_id = u.account_id AND t.id = u.id AND t.account_id = ANY($3::uuid[]) AND t.revision = u.revision
       RETURNING t.id`,
      [
        day.iso,
        day.at,
        rows.map(({ task }) => task.accountId),
        rows.map(({ task }) => task.id),
        rows.map(({ task }) => task.revision),
        rows.map(({ state }) => state),
        rows.map(({ assigneeUserId }) => assigneeUserId),
        rows.map(({ dueDay }) => dueDay),
        rows.map(({ waitsFor }) => waitsFor),
      ],
    );
    return new Set(changed.map(({ id }) => id));
  }
}
