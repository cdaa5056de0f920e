import { Injectable } from '@nestjs/common';
import type { AlertAccount } from '@steward/shared/alerts';
import type { IsoDay } from '@steward/shared/common';
import type { TaskRowOfList } from '@steward/shared/tasks';
import type { Today } from '@steward/shared/today';
import { minorSumSql } from '../../db/minor-sum-sql.js';
import { Binder } from '../../db/rules/binder.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Scope } from '../../platform/auth/scope.js';
import { ACCOUNT_COLUMNS, ACCOUNT_JOINS } from '../alerts/alert-row-sql.js';
import { GOAL_COLUMNS, GOAL_ORDER, type GoalRow, goalJoins, LIVE_GOAL } from '../goal-row-sql.js';
import { TASK_ACCOUNT, TASK_COLUMNS, TASK_JOINS, TASK_ORDER, type TaskRow } from '../task-row-sql.js';

/** What is asked for: whose work (null: everybody's), of accounts within the scope, on a day. */
export interface WorkQuestion {
  scope: Scope;
  people: readonly string[] | null;
  today: IsoDay;
  rows: number;
}

export type TaskRowOfToday = TaskRow & { account: TaskRowOfList['account'] };
export type GoalRowOfToday = GoalRow & { account: AlertAccount };

/** Tasks and goals of people, as far as their day begins with them. */
@Injectable()
export class WorkRepository {
  async tasks(tx: Tx, question: WorkQuestion): Promise<Omit<Today['tasks'], 'rows'> & { rows: TaskRowOfToday[] }> {
    const { bind, values } = new Binder();
    const today = bind(question.today);
    const from = `FROM steward.task t JOIN steward.account a ON a.id = t.account_id
      WHERE t.state = 'open' AND (t.snoozed_until IS NULL OR t.snoozed_until <= ${today}::date)
        ${ofPeople('t.assignee_user_id', question, bind)} AND ${scopePredicate(question.scope, bind)}`;
    const [counts] = await open(tx).query<Omit<Today['tasks'], 'rows'>>(
      `SELECT count(*) FILTER (WHERE t.due_day < ${today}::date)::int AS overdue,
         count(*) FILTER (WHERE t.due_day = ${today}::date)::int AS today,
         count(*) FILTER (WHERE t.due_day > ${today}::date AND t.due_day <= ${today}::date + 7)::int AS week,
         count(*)::int AS open ${from}`,
      values,
    );
    const found = counts ?? { overdue: 0, today: 0, week: 0, open: 0 };
    if (found.open === 0) return { ...found, rows: [] };
    const rows = await open(tx).query<TaskRowOfToday>(
      `SELECT ${TASK_COLUMNS}, ${TASK_ACCOUNT}
       FROM (SELECT t.* ${from} ORDER BY ${TASK_ORDER} LIMIT ${bind(question.rows)}::int) t
         JOIN steward.account a ON a.id = t.account_id LEFT JOIN steward.account_state s ON s.account_id = t.account_id
         ${TASK_JOINS} ORDER BY ${TASK_ORDER}`,
      values,
    );
    return { ...found, rows };
  }

  async goals(tx: Tx, question: WorkQuestion): Promise<Omit<Today['goals'], 'rows'> & { rows: GoalRowOfToday[] }> {
    const { bind, values } = new Binder();
    const from = `FROM steward.goal g JOIN steward.account a ON a.id = g.account_id
      WHERE ${LIVE_GOAL} ${ofPeople('g.owner_user_id', question, bind)} AND ${scopePredicate(question.scope, bind)}`;
    const [counts] = await open(tx).query<Omit<Today['goals'], 'rows'>>(
      `WITH live AS (SELECT g.account_id, g.status ${from})
       SELECT (SELECT count(*)::int FROM live) AS live,
         (SELECT count(*)::int FROM live WHERE status = 'atRisk') AS "atRisk",
         (SELECT ${minorSumSql('s.arr_minor')} FROM steward.account_state s
          WHERE s.account_id IN (SELECT account_id FROM live WHERE status = 'atRisk')) AS "atRiskArrMinor"`,
      values,
    );
    const found = counts ?? { live: 0, atRisk: 0, atRiskArrMinor: null };
    if (found.atRisk === 0) return { ...found, rows: [] };
    const rows = await open(tx).query<GoalRow & { account: AlertAccount }>(
      `SELECT ${GOAL_COLUMNS}, (SELECT to_jsonb(shown) FROM (SELECT ${ACCOUNT_COLUMNS}) shown) AS account
       FROM (SELECT g.* ${from} AND g.status = 'atRisk' ORDER BY ${GOAL_ORDER} LIMIT ${bind(question.rows)}::int) g
         JOIN steward.account a ON a.id = g.account_id ${ACCOUNT_JOINS} ${goalJoins(bind(question.today))}
       ORDER BY ${GOAL_ORDER}`,
      values,
    );
    return { ...found, rows };
  }
}

function ofPeople(column: string, { people }: WorkQuestion, bind: (value: unknown) => string): string {
  return people === null ? '' : `AND ${column} = ANY(${bind(people)}::uuid[])`;
}
