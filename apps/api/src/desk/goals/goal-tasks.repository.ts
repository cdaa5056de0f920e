import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { v7 as uuidv7 } from 'uuid';
import { dayNumber } from '../../db/sql-days.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Day } from '../../domain/calendar/day.js';
import type { GoalKey } from './goal-writes.repository.js';

/** An open task that its playbook has given a day. */
export interface OpenTask {
  id: string;
  key: string;
  dueDay: Day | null;
}

/** A task as an action on its goal has left it, and how it was before: what taking the action back needs. */
export interface TouchedTask {
  id: string;
  /** After the action. */
  revision: number;
  dueDay: IsoDay | null;
  snoozedUntil: IsoDay | null;
}

export interface Moment {
  at: Date;
  day: IsoDay;
  byUserId: string;
}

type TaskEventKind = 'due' | 'cancelled' | 'reopened';

/** What actions on goals do to their tasks: several at once, in the order of their keys. */
@Injectable()
export class GoalTasksOfDesk {
  /** Open ones whose day nobody has set by hand. */
  followers(tx: Tx, { accountId, id }: GoalKey): Promise<OpenTask[]> {
    return open(tx).query<OpenTask>(
      `SELECT t.id, t.key, ${dayNumber('t.due_day')} AS "dueDay" FROM steward.task t
       WHERE t.account_id = $1 AND t.goal_id = $2 AND t.state = 'open' AND t.key IS NOT NULL AND NOT t.due_by_hand
       ORDER BY t.id FOR NO KEY UPDATE`,
      [accountId, id],
    );
  }

  async redate(
    tx: Tx,
    { accountId }: GoalKey,
    days: ReadonlyMap<string, IsoDay | null>,
    moment: Moment,
  ): Promise<TouchedTask[]> {
    if (days.size === 0) return [];
    const touched = await open(tx).query<TouchedTask & { to: IsoDay | null }>(
      `UPDATE steward.task t SET due_day = u.due_day, revision = t.revision + 1
       FROM unnest($2::uuid[], $3::date[]) AS u (id, due_day),
         LATERAL (SELECT k.due_day FROM steward.task k WHERE k.account_id = $1 AND k.id = u.id) was
       WHERE t.account_id = $1 AND t.id = u.id
       RETURNING t.id, t.revision, was.due_day AS "dueDay", t.snoozed_until AS "snoozedUntil", u.due_day AS to`,
      [accountId, [...days.keys()], [...days.values()]],
    );
    const details = touched.map(({ dueDay, to }) => ({ from: dueDay, to }));
    await this.addEvents(tx, accountId, touched, { kind: 'due', details }, moment);
    return touched.map(({ to: _, ...task }) => task);
  }

  async cancelOpen(tx: Tx, { accountId, id }: GoalKey, moment: Moment): Promise<TouchedTask[]> {
    const touched = await open(tx).query<TouchedTask>(
      `UPDATE steward.task t SET state = 'cancelled', ended_day = $3::date, ended_at = $4, ended_by = $5,
         snoozed_until = NULL, revision = t.revision + 1
       FROM (SELECT k.id, k.snoozed_until FROM steward.task k
         WHERE k.account_id = $1 AND k.goal_id = $2 AND k.state = 'open' ORDER BY k.id FOR NO KEY UPDATE) was
       WHERE t.account_id = $1 AND t.id = was.id
       RETURNING t.id, t.revision, t.due_day AS "dueDay", was.snoozed_until AS "snoozedUntil"`,
      [accountId, id, moment.day, moment.at, moment.byUserId],
    );
    const details = touched.map(() => ({ by: 'goal' }));
    await this.addEvents(tx, accountId, touched, { kind: 'cancelled', details }, moment);
    return touched;
  }

  /** Back to the days of before, where nobody has touched them since. */
  async dateBack(tx: Tx, { accountId }: GoalKey, tasks: readonly TouchedTask[], moment: Moment): Promise<void> {
    const back = await open(tx).query<{ id: string; to: IsoDay | null }>(
      `UPDATE steward.task t SET due_day = u.due_day, revision = t.revision + 1
       FROM unnest($2::uuid[], $3::int[], $4::date[]) AS u (id, revision, due_day)
       WHERE t.account_id = $1 AND t.id = u.id AND t.revision = u.revision AND t.state = 'open'
       RETURNING t.id, t.due_day AS to`,
      [accountId, tasks.map(({ id }) => id), tasks.map(({ revision }) => revision), tasks.map(({ dueDay }) => dueDay)],
    );
    const details = back.map(({ to }) => ({ to }));
    await this.addEvents(tx, accountId, back, { kind: 'due', details }, moment);
  }

  /** Open again, where they are still as the cancelled goal left them. */
  async openAgain(tx: Tx, { accountId }: GoalKey, tasks: readonly TouchedTask[], moment: Moment): Promise<void> {
    const back = await open(tx).query<{ id: string }>(
      `UPDATE steward.task t SET state = 'open', ended_day = NULL, ended_at = NULL, ended_by = NULL,
         snoozed_until = u.snoozed_until, revision = t.revision + 1
       FROM unnest($2::uuid[], $3::int[], $4::date[]) AS u (id, revision, snoozed_until)
       WHERE t.account_id = $1 AND t.id = u.id AND t.revision = u.revision AND t.state = 'cancelled'
       RETURNING t.id`,
      [
        accountId,
        tasks.map(({ id }) => id),
        tasks.map(({ revision }) => revision),
        tasks.map(({ snoozedUntil }) => snoozedUntil),
      ],
    );
    const details = back.map(() => ({ by: 'goal' }));
    await this.addEvents(tx, accountId, back, { kind: 'reopened', details }, moment);
  }

  /** What is done to a task through its goal is taken back with the goal, never alone: nothing stands in `before`. */
  private async addEvents(
    tx: Tx,
    accountId: string,
    tasks: readonly { id: string }[],
    { kind, details }: { kind: TaskEventKind; details: readonly Record<string, unknown>[] },
    { at, day, byUserId }: Moment,
  ): Promise<void> {
    if (tasks.length === 0) return;
    await open(tx).query(
      `INSERT INTO steward.task_event (account_id, id, task_id, kind, at, day, by_user_id, details, told_at)
       SELECT $1, u.id, u.task_id, $2,
         greatest($3::timestamptz, (SELECT max(e.at) + interval '1 millisecond' FROM steward.task_event e
           WHERE e.account_id = $1 AND e.task_id = u.task_id)), $4::date, $5, u.details, $3
       FROM unnest($6::uuid[], $7::uuid[], $8::jsonb[]) AS u (id, task_id, details) ORDER BY u.id`,
      [
        accountId,
        kind,
        at,
        day,
        byUserId,
        tasks.map(() => uuidv7()),
        tasks.map(({ id }) => id),
        details.map((each) => JSON.stringify(each)),
      ],
    );
  }
}
