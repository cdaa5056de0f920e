import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import {
  type BegunGoal,
  GOAL_STATUSES,
  type GoalDetail,
  type GoalListQuery,
  type GoalStatus,
} from '@steward/shared/goals';
import { goalAtRiskOn, goalsOnDay } from '../../db/goals-on-day-sql.js';
import { minorSumSql } from '../../db/minor-sum-sql.js';
import { Binder, escapeLike } from '../../db/rules/binder.js';
import type { BoundField } from '../../db/rules/bindings.js';
import { seriesValue } from '../../db/rules/series-sql.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Scope } from '../../platform/auth/scope.js';
import { GOAL_COLUMNS, GOAL_ORDER, type GoalRow, goalJoins, LIVE_GOAL } from '../goal-row-sql.js';
import { TASK_COLUMNS, TASK_JOINS, TASK_ORDER, type TaskRow } from '../task-row-sql.js';

export interface GoalQuestion extends Omit<GoalListQuery, 'scope'> {
  /** Whose goals; null: everyone's. */
  people: readonly string[] | null;
  /** Also those of accounts that these people look after. */
  withBooks: boolean;
}

export interface GoalTotals {
  byStatus: Record<GoalStatus, number>;
  arrMinor: number | null;
}

interface Key {
  accountId: string;
  id: string;
}

const literals = (values: readonly string[]) => values.map((value) => `'${value}'`).join(', ');
const among = (column: string, values: readonly string[]) =>
  values.length === 0 ? 'FALSE' : `${column} IN (${literals(values)})`;

const MOST_OF_ACCOUNT = 500;
const MOST_EVENTS = 500;

/** Goals within a reader's scope. */
@Injectable()
export class GoalsRepository {
  async totals(tx: Tx, scope: Scope, question: GoalQuestion): Promise<GoalTotals> {
    const { binder, from } = matching(scope, question);
    const [row] = await open(tx).query<{ counts: Partial<Record<GoalStatus, number>>; arrMinor: number | null }>(
      `WITH matching AS (SELECT g.account_id, g.status ${from})
       SELECT (SELECT coalesce(jsonb_object_agg(status, number), '{}')
           FROM (SELECT status, count(*) AS number FROM matching GROUP BY status) c) AS counts,
         (SELECT ${minorSumSql('s.arr_minor')} FROM steward.account_state s WHERE s.account_id IN (
            SELECT g.account_id FROM matching g WHERE ${LIVE_GOAL} AND ${among('g.status', question.status)})) AS "arrMinor"`,
      binder.values,
    );
    const counts = row?.counts ?? {};
    return {
      byStatus: Object.fromEntries(
        GOAL_STATUSES.map((status) => [status, counts[status] ?? 0]),
      ) as GoalTotals['byStatus'],
      arrMinor: row?.arrMinor ?? null,
    };
  }

  /** What is shown of a page's goals is joined to them alone. */
  async page(tx: Tx, scope: Scope, question: GoalQuestion, today: IsoDay): Promise<GoalRow[]> {
    const { binder, from } = matching(scope, question);
    const { bind, values } = binder;
    return open(tx).query<GoalRow>(
      `SELECT ${GOAL_COLUMNS} FROM (
         SELECT g.* ${from} AND ${among('g.status', question.status)} ORDER BY ${GOAL_ORDER}
         LIMIT ${bind(question.limit)}::int OFFSET ${bind(question.offset)}::int) g
       ${goalJoins(bind(today))} ORDER BY ${GOAL_ORDER}`,
      values,
    );
  }

  /** Live ones first, then the newest. The caller has made sure that the reader may see the account. */
  ofAccount(tx: Tx, accountId: string, today: IsoDay): Promise<GoalRow[]> {
    return open(tx).query<GoalRow>(
      `SELECT ${GOAL_COLUMNS} FROM steward.goal g ${goalJoins('$2')} WHERE g.account_id = $1
       ORDER BY ${GOAL_ORDER} LIMIT ${MOST_OF_ACCOUNT}`,
      [accountId, today],
    );
  }

  /** Those of an account that had begun by the end of the day, as they stood then: live ones first, then the newest. */
  begun(tx: Tx, accountId: string, day: IsoDay): Promise<BegunGoal[]> {
    return open(tx).query<BegunGoal>(
      `SELECT g.id, g.kind, g.name, CASE WHEN has_ended THEN g.status WHEN ${goalAtRiskOn('$2::date')} THEN 'atRisk' ELSE 'inProgress' END AS status,
         g.start_day AS "startDay", g.due_day AS "dueDay", CASE WHEN has_ended THEN g.ended_day END AS "endedDay"
       FROM ${goalsOnDay('$2::date')} g CROSS JOIN LATERAL (SELECT COALESCE(g.ended_day <= $2::date, FALSE) AS has_ended) e
       WHERE g.account_id = $1 AND g.start_day <= $2::date
       ORDER BY has_ended, CASE WHEN NOT has_ended THEN g.due_day END, g.ended_day DESC, g.id LIMIT ${MOST_OF_ACCOUNT}`,
      [accountId, day],
    );
  }

  async one(tx: Tx, scope: Scope, { accountId, id }: Key, today: IsoDay): Promise<GoalRow | null> {
    const { bind, values } = new Binder();
    const [row] = await open(tx).query<GoalRow>(
      `SELECT ${GOAL_COLUMNS} FROM steward.goal g JOIN steward.account a ON a.id = g.account_id ${goalJoins(bind(today))}
       WHERE g.account_id = ${bind(accountId)}::uuid AND g.id = ${bind(id)}::uuid AND ${scopePredicate(scope, bind)}`,
      values,
    );
    return row ?? null;
  }

  tasks(tx: Tx, { accountId, id }: Key): Promise<TaskRow[]> {
    return open(tx).query<TaskRow>(
      `SELECT ${TASK_COLUMNS} FROM steward.task t ${TASK_JOINS} WHERE t.account_id = $1 AND t.goal_id = $2
       ORDER BY ${TASK_ORDER}`,
      [accountId, id],
    );
  }

  /** What happened to a goal, newest first. */
  async events(tx: Tx, { accountId, id }: Key): Promise<GoalDetail['events']> {
    const rows = await open(tx).query<Omit<GoalDetail['events'][number], 'at'> & { at: Date }>(
      `SELECT e.id, e.kind, e.at, e.day, u.full_name AS by, e.details
       FROM steward.goal_event e LEFT JOIN steward.app_user u ON u.id = e.by_user_id
       WHERE e.account_id = $1 AND e.goal_id = $2 ORDER BY e.at DESC, e.id DESC LIMIT ${MOST_EVENTS}`,
      [accountId, id],
    );
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }

  deals(tx: Tx, { accountId, id }: Key): Promise<GoalDetail['deals']> {
    return open(tx).query(
      `SELECT d.id, d.name, d.state FROM steward.deal d WHERE d.account_id = $1 AND d.goal_id = $2
       ORDER BY d.state <> 'open', d.ended_on DESC, d.id LIMIT 100`,
      [accountId, id],
    );
  }

  /** A value a day, of the days that have a snapshot. */
  series(
    tx: Tx,
    accountId: string,
    field: BoundField,
    { from, to, minorDigits }: { from: IsoDay; to: IsoDay; minorDigits: number },
  ): Promise<GoalDetail['series']> {
    return open(tx).query(
      `SELECT s.day, (${seriesValue(field, minorDigits)})::float8 AS value FROM steward.account_snapshot s
       WHERE s.account_id = $1 AND s.day >= $2::date AND s.day <= $3::date ORDER BY s.day`,
      [accountId, from, to],
    );
  }
}

/** The goals that match, whatever their state. */
function matching(scope: Scope, question: GoalQuestion): { binder: Binder; from: string } {
  const { kind, playbookId, ownerUserId, dueFrom, dueTo, text, people, withBooks } = question;
  const binder = new Binder();
  const { bind } = binder;
  const where = [scopePredicate(scope, bind)];
  if (kind !== undefined) where.push(among('g.kind', kind));
  if (playbookId !== undefined) where.push(`g.playbook_id = ${bind(playbookId)}::uuid`);
  if (ownerUserId !== undefined) where.push(`g.owner_user_id = ${bind(ownerUserId)}::uuid`);
  if (dueFrom !== undefined) where.push(`g.due_day >= ${bind(dueFrom)}::date`);
  if (dueTo !== undefined) where.push(`g.due_day <= ${bind(dueTo)}::date`);
  if (people !== null) {
    const ids = `ANY(${bind(people)}::uuid[])`;
    const books = withBooks ? ` OR a.csm_user_id = ${ids} OR a.am_user_id = ${ids}` : '';
    where.push(`(g.owner_user_id = ${ids}${books})`);
  }
  if (text !== '') {
    const pattern = bind(`%${escapeLike(text)}%`);
    const texts = ['g.name', 'a.name', 'a.external_id', 'a.domain'];
    where.push(`(${texts.map((each) => `${each} ILIKE ${pattern}`).join(' OR ')})`);
  }
  const from = `FROM steward.goal g JOIN steward.account a ON a.id = g.account_id WHERE ${where.join(' AND ')}`;
  return { binder, from };
}
