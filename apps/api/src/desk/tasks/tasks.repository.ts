import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import type { TaskList, TaskListQuery, TaskRowOfList } from '@steward/shared/tasks';
import { Binder, escapeLike } from '../../db/rules/binder.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Scope } from '../../platform/auth/scope.js';
import { IS_UNASSIGNED, TASK_ACCOUNT, TASK_COLUMNS, TASK_JOINS, TASK_ORDER, type TaskRow } from '../task-row-sql.js';
import type { TaskKey } from './task-writes.repository.js';

/** Whose tasks. */
export type TasksOf = { kind: 'people'; ids: readonly string[] } | { kind: 'nobody' } | { kind: 'all' };

export interface TaskQuestion extends Omit<TaskListQuery, 'scope'> {
  of: TasksOf;
}

export type TaskCounts = TaskList['counts'];
type Due = NonNullable<TaskListQuery['due']>[number];

const FROM = `FROM steward.task t JOIN steward.account a ON a.id = t.account_id
  LEFT JOIN steward.app_user assignee ON assignee.id = t.assignee_user_id`;

const literals = (values: readonly string[]) => values.map((value) => `'${value}'`).join(', ');

/** A week is the seven days after today. */
const dueSql = (today: string): Record<Due, string> => ({
  overdue: `t.due_day < ${today}::date`,
  today: `t.due_day = ${today}::date`,
  week: `(t.due_day > ${today}::date AND t.due_day <= ${today}::date + 7)`,
  later: `t.due_day > ${today}::date + 7`,
  none: 't.due_day IS NULL',
});
const isSnoozed = (today: string) => `coalesce(t.snoozed_until > ${today}::date, FALSE)`;

/** Tasks within a reader's scope. */
@Injectable()
export class TasksRepository {
  /** Of all open ones; unassigned ones whoever is asked for, since nobody else will look at them. */
  async counts(tx: Tx, scope: Scope, of: TasksOf, today: IsoDay): Promise<TaskCounts> {
    const { bind, values } = new Binder();
    const day = bind(today);
    const due = dueSql(day);
    const seen = scopePredicate(scope, bind);
    const mine = whose(of, bind);
    const awake = `${mine} AND NOT ${isSnoozed(day)}`;
    const of_ = (which: string) => `count(*) FILTER (WHERE ${awake} AND ${which})::int`;
    const [row] = await open(tx).query<TaskCounts>(
      `SELECT ${of_(due.overdue)} AS overdue, ${of_(due.today)} AS today, ${of_(due.week)} AS week,
         ${of_(due.later)} AS later, ${of_(due.none)} AS none,
         count(*) FILTER (WHERE ${mine} AND ${isSnoozed(day)})::int AS snoozed,
         count(*) FILTER (WHERE ${IS_UNASSIGNED} AND NOT ${isSnoozed(day)})::int AS unassigned
       ${FROM} WHERE t.state = 'open' AND ${seen} AND (${mine} OR ${IS_UNASSIGNED})`,
      values,
    );
    return row as TaskCounts;
  }

  async total(tx: Tx, scope: Scope, question: TaskQuestion, today: IsoDay): Promise<number> {
    const { bind, values } = new Binder();
    const [row] = await open(tx).query<{ total: number }>(
      `SELECT count(*)::int AS total ${FROM} WHERE ${matching(scope, question, today, bind)}`,
      values,
    );
    return row?.total ?? 0;
  }

  async page(
    tx: Tx,
    scope: Scope,
    question: TaskQuestion,
    today: IsoDay,
  ): Promise<(TaskRow & { account: TaskRowOfList['account'] })[]> {
    const { bind, values } = new Binder();
    const where = matching(scope, question, today, bind);
    return open(tx).query(
      `SELECT ${TASK_COLUMNS}, ${TASK_ACCOUNT}
       FROM (SELECT t.* ${FROM} WHERE ${where} ORDER BY ${TASK_ORDER}
         LIMIT ${bind(question.limit)}::int OFFSET ${bind(question.offset)}::int) t
       JOIN steward.account a ON a.id = t.account_id LEFT JOIN steward.account_state s ON s.account_id = t.account_id
       ${TASK_JOINS} ORDER BY ${TASK_ORDER}`,
      values,
    );
  }

  /** Those of the named ones that the reader may see, in no order. */
  byKeys(tx: Tx, scope: Scope, keys: readonly TaskKey[]): Promise<TaskRow[]> {
    const { bind, values } = new Binder();
    const ids = keys.map(({ id }) => id);
    const accountIds = keys.map(({ accountId }) => accountId);
    return open(tx).query<TaskRow>(
      `SELECT ${TASK_COLUMNS}
       FROM unnest(${bind(accountIds)}::uuid[], ${bind(ids)}::uuid[]) AS wanted (account_id, id)
         JOIN steward.task t ON t.account_id = wanted.account_id AND t.id = wanted.id
         JOIN steward.account a ON a.id = t.account_id ${TASK_JOINS}
       WHERE ${scopePredicate(scope, bind)}`,
      values,
    );
  }
}

function whose(of: TasksOf, bind: (value: unknown) => string): string {
  switch (of.kind) {
    case 'all':
      return 'TRUE';
    case 'nobody':
      return IS_UNASSIGNED;
    case 'people':
      return `coalesce(t.assignee_user_id = ANY(${bind(of.ids)}::uuid[]), FALSE)`;
  }
}

function matching(scope: Scope, question: TaskQuestion, today: IsoDay, bind: (value: unknown) => string): string {
  const { of, state, due, dueFrom, dueTo, accountId, assigneeUserId, snoozed, text } = question;
  // Bound when it is first read: a parameter that no condition names is refused by the database.
  let bound: string | null = null;
  const day = () => {
    bound ??= bind(today);
    return bound;
  };
  const where = [scopePredicate(scope, bind), whose(of, bind), ...(state.length === 0 ? ['FALSE'] : [])];
  if (state.length > 0) where.push(`t.state IN (${literals(state)})`);
  // An ended one rests no more.
  if (!snoozed) where.push(`(t.state <> 'open' OR NOT ${isSnoozed(day())})`);
  if (due !== undefined) where.push(`(${due.map((each) => dueSql(day())[each]).join(' OR ') || 'FALSE'})`);
  if (dueFrom !== undefined) where.push(`t.due_day >= ${bind(dueFrom)}::date`);
  if (dueTo !== undefined) where.push(`t.due_day <= ${bind(dueTo)}::date`);
  if (accountId !== undefined) where.push(`t.account_id = ${bind(accountId)}::uuid`);
  if (assigneeUserId !== undefined) where.push(`t.assignee_user_id = ${bind(assigneeUserId)}::uuid`);
  if (text !== '') {
    const pattern = bind(`%${escapeLike(text)}%`);
    const texts = ['t.title', 'a.name', 'a.external_id', 'a.domain'];
    where.push(`(${texts.map((each) => `${each} ILIKE ${pattern}`).join(' OR ')})`);
  }
  return where.join(' AND ');
}
