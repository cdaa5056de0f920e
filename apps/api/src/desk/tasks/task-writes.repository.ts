import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { v7 as uuidv7 } from 'uuid';
import { Binder } from '../../db/rules/binder.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { dayNumber } from '../../db/sql-days.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { TaskEvent, TaskFields } from '../../domain/goals/task-actions.js';
import type { PastStep } from '../../domain/goals/undo.js';
import type { Scope } from '../../platform/auth/scope.js';
import type { LastEvent, Owners } from '../acting.js';

export interface TaskKey {
  accountId: string;
  id: string;
}

/** What people's actions change of a task. */
export interface TaskKept extends Omit<TaskFields, 'origin' | 'goalEnded'> {
  title: string;
  guidance: string | null;
}

export interface HeldTask extends TaskKey, TaskKept, TaskFields, LastEvent, Owners {
  goalId: string | null;
  /** The name of whoever ended it. */
  endedByName: string | null;
  revision: number;
}

/** The column of each field that people's actions change, and its type. */
const COLUMNS: Record<keyof TaskKept, readonly [string, string]> = {
  title: ['title', 'text'],
  guidance: ['guidance', 'text'],
  state: ['state', 'text'],
  assigneeUserId: ['assignee_user_id', 'uuid'],
  role: ['role', 'text'],
  dueDay: ['due_day', 'date'],
  dueByHand: ['due_by_hand', 'boolean'],
  waitsFor: ['waits_for', 'text'],
  snoozedUntil: ['snoozed_until', 'date'],
  completedHow: ['completed_how', 'text'],
  endedDay: ['ended_day', 'date'],
  endedAt: ['ended_at', 'timestamptz'],
  endedBy: ['ended_by', 'uuid'],
  note: ['note', 'text'],
};
const FIELDS = Object.keys(COLUMNS) as (keyof TaskKept)[];

export interface NewTaskStep extends TaskKey {
  kind: TaskEvent | 'changed' | 'undone';
  at: Date;
  day: IsoDay;
  byUserId: string;
  before: Partial<TaskKept> | null;
  details: Record<string, unknown> | null;
  /** Somebody else may want to be told. */
  isNews: boolean;
}

type Stored = Omit<HeldTask, 'endedAt'> & { endedAt: Date | null };

/** What people do to tasks. Every change is written onto the revision that was read. */
@Injectable()
export class TaskWritesRepository {
  /**
   * Those of the named ones that the person may see, held until the commit, in the order of their keys: who comes second
   * reads what the first has made of them.
   */
  async held(tx: Tx, scope: Scope, named: readonly TaskKey[]): Promise<HeldTask[]> {
    const { query } = open(tx);
    const ids = named.map(({ id }) => id);
    const accountIds = named.map(({ accountId }) => accountId);
    const { bind, values } = new Binder();
    const seen = await query<TaskKey>(
      `SELECT t.account_id AS "accountId", t.id FROM steward.task t JOIN steward.account a ON a.id = t.account_id
       WHERE (t.account_id, t.id) IN (SELECT * FROM unnest(${bind(accountIds)}::uuid[], ${bind(ids)}::uuid[]))
         AND t.account_id = ANY(${bind(accountIds)}::uuid[]) AND ${scopePredicate(scope, bind)}
       ORDER BY t.account_id, t.id FOR NO KEY UPDATE OF t`,
      values,
    );
    if (seen.length === 0) return [];
    const fields = FIELDS.map((field) => `t.${COLUMNS[field][0]} AS "${field}"`);
    const rows = await query<Stored>(
      `SELECT t.account_id AS "accountId", t.id, t.origin, t.goal_id AS "goalId", t.revision, ${fields.join(', ')},
         coalesce(g.status IN ('achieved', 'cancelled'), FALSE) AS "goalEnded", ender.full_name AS "endedByName",
         a.csm_user_id AS "csmUserId", a.am_user_id AS "amUserId", last.at AS "lastAt", last.day AS "lastDay"
       FROM unnest($1::uuid[], $2::uuid[]) AS wanted (account_id, id)
         JOIN steward.task t ON t.account_id = wanted.account_id AND t.id = wanted.id
         JOIN steward.account a ON a.id = t.account_id
         LEFT JOIN steward.goal g ON g.account_id = t.account_id AND g.id = t.goal_id
         LEFT JOIN steward.app_user ender ON ender.id = t.ended_by
         LEFT JOIN LATERAL (SELECT max(e.at) AS at, ${dayNumber('max(e.day)')} AS day FROM steward.task_event e
           WHERE e.account_id = t.account_id AND e.task_id = t.id) last ON TRUE
       ORDER BY t.account_id, t.id`,
      [seen.map(({ accountId }) => accountId), seen.map(({ id }) => id)],
    );
    return rows.map((row) => ({ ...row, endedAt: row.endedAt?.toISOString() ?? null }));
  }

  /** Newest first. */
  past(tx: Tx, { accountId, id }: TaskKey): Promise<PastStep[]> {
    return open(tx).query<PastStep>(
      `SELECT e.id, e.kind, e.by_user_id AS "byUserId", e.before, e.details FROM steward.task_event e
       WHERE e.account_id = $1 AND e.task_id = $2 ORDER BY e.at DESC, e.id DESC LIMIT 500`,
      [accountId, id],
    );
  }

  async change(tx: Tx, { accountId, id, revision }: HeldTask, change: Partial<TaskKept>): Promise<void> {
    const { bind, values } = new Binder();
    const where = `account_id = ${bind(accountId)}::uuid AND id = ${bind(id)}::uuid AND revision = ${bind(revision)}::int`;
    const set = FIELDS.filter((field) => change[field] !== undefined).map((field) => {
      const [column, type] = COLUMNS[field];
      return `${column} = ${bind(change[field])}::${type}`;
    });
    await open(tx).query(
      `UPDATE steward.task SET ${[...set, 'revision = revision + 1'].join(', ')} WHERE ${where}`,
      values,
    );
  }

  async addEvent(tx: Tx, event: NewTaskStep): Promise<void> {
    await open(tx).prepared(
      `INSERT INTO steward.task_event (account_id, id, task_id, kind, at, day, by_user_id, before, details, told_at)
       VALUES ($1, $2, $3, $4, $5, $6::date, $7, $8::jsonb, $9::jsonb, $10)`,
      [
        event.accountId,
        uuidv7(),
        event.id,
        event.kind,
        event.at,
        event.day,
        event.byUserId,
        event.before === null ? null : JSON.stringify(event.before),
        event.details === null ? null : JSON.stringify(event.details),
        event.isNews ? null : event.at,
      ],
    );
  }

  /** The owners of an account that the person may see. */
  async visible(tx: Tx, scope: Scope, accountId: string): Promise<Owners | null> {
    const { bind, values } = new Binder();
    const [row] = await open(tx).query<Owners>(
      `SELECT a.csm_user_id AS "csmUserId", a.am_user_id AS "amUserId" FROM steward.account a
       WHERE a.id = ${bind(accountId)}::uuid AND ${scopePredicate(scope, bind)}`,
      values,
    );
    return row ?? null;
  }

  async goalStatus(tx: Tx, accountId: string, goalId: string): Promise<string | null> {
    const [row] = await open(tx).query<{ status: string }>(
      'SELECT status FROM steward.goal WHERE account_id = $1 AND id = $2',
      [accountId, goalId],
    );
    return row?.status ?? null;
  }
}
