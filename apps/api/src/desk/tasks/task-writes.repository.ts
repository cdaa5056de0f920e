import { Injectable } from '@nestjs/common';
import { Binder } from '../../db/rules/binder.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { dayNumber } from '../../db/sql-days.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { TaskEvent, TaskFields } from '../../domain/goals/task-actions.js';
import type { PastStep } from '../../domain/goals/undo.js';
import type { Scope } from '../../platform/auth/scope.js';
import {
  type ActedOnKey,
  addStep,
  type ColumnsOf,
  type NewStep,
  pastSteps,
  visibleOwners,
  writeChange,
} from '../acted-on.repository.js';
import type { LastEvent, Owners } from '../acting.js';

export type TaskKey = ActedOnKey;

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

const COLUMNS: ColumnsOf<TaskKept> = {
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

export type NewTaskStep = NewStep<TaskEvent | 'changed' | 'undone'>;

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
  past(tx: Tx, key: TaskKey): Promise<PastStep[]> {
    return pastSteps(tx, 'task', key);
  }

  change(tx: Tx, held: HeldTask, change: Partial<TaskKept>): Promise<void> {
    return writeChange(tx, 'task', COLUMNS, held, change);
  }

  addEvent(tx: Tx, step: NewTaskStep): Promise<void> {
    return addStep(tx, 'task', step);
  }

  /** The owners of an account that the person may see. */
  visible(tx: Tx, scope: Scope, accountId: string): Promise<Owners | null> {
    return visibleOwners(tx, scope, accountId);
  }

  async goalStatus(tx: Tx, accountId: string, goalId: string): Promise<string | null> {
    const [row] = await open(tx).query<{ status: string }>(
      'SELECT status FROM steward.goal WHERE account_id = $1 AND id = $2',
      [accountId, goalId],
    );
    return row?.status ?? null;
  }
}
