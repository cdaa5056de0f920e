import { Injectable } from '@nestjs/common';
import { ACCOUNT_STATUSES } from '@steward/shared/common';
import { isLive } from '@steward/shared/lifecycle';
import { NIL } from 'uuid';
import { Binder } from '../../db/rules/binder.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { GroupFacts } from '../../domain/goals/effect-cautions.js';
import type { Scope } from '../../platform/auth/scope.js';

export interface EffectQuestion {
  playbookId: string;
  durationDays: number;
  segmentIds: readonly string[];
  alertRuleIds: readonly string[];
  from: string;
  to: string;
  today: string;
}

/** Goals that started in the period. */
export interface GoalCounts {
  started: number;
  ended: number;
  achieved: number;
  missed: number;
  cancelled: number;
  cancelledByPeople: number;
  startedByPeople: number;
  versions: number;
  /** From the start to the day it was achieved. */
  medianDays: number | null;
}

/** A group's figures, added up in the database. */
export interface GroupRow extends GroupFacts {
  meanChange: number | null;
  /** With n − 1; null with fewer than two. */
  variance: number | null;
  arrKnown: number;
  arrFrom: number;
  arrTo: number;
}

type Groups = { treated: GroupRow; compared: GroupRow };

const NOBODY: GroupRow = {
  accounts: 0,
  scoreKnown: 0,
  notYet: 0,
  churned: 0,
  scoreAtStart: null,
  arrAtStart: null,
  meanChange: null,
  variance: null,
  arrKnown: 0,
  arrFrom: 0,
  arrTo: 0,
};

/** What became of accounts with a playbook, and without it, within a reader's scope. */
@Injectable()
export class EffectRepository {
  async goals(tx: Tx, scope: Scope, { playbookId, from, to }: EffectQuestion): Promise<GoalCounts> {
    const { bind, values } = new Binder();
    const [row] = await open(tx).query<GoalCounts>(
      `SELECT count(*)::int AS started, count(g.ended_day)::int AS ended,
         count(*) FILTER (WHERE g.status = 'achieved')::int AS achieved,
         count(*) FILTER (WHERE g.status = 'missed')::int AS missed,
         count(*) FILTER (WHERE g.status = 'cancelled')::int AS cancelled,
         count(*) FILTER (WHERE g.status = 'cancelled' AND g.ended_by IS NOT NULL)::int AS "cancelledByPeople",
         count(*) FILTER (WHERE g.started IN ('hand', 'bulk'))::int AS "startedByPeople",
         count(DISTINCT g.playbook_version)::int AS versions,
         percentile_cont(0.5) WITHIN GROUP (ORDER BY (g.ended_day - g.start_day)::float8)
           FILTER (WHERE g.status = 'achieved') AS "medianDays"
       FROM steward.goal g JOIN steward.account a ON a.id = g.account_id
       WHERE g.playbook_id = ${bind(playbookId)} AND g.start_day BETWEEN ${bind(from)}::date AND ${bind(to)}::date
         AND g.status <> 'notStarted' AND ${scopePredicate(scope, bind)}`,
      values,
    );
    return row as GoalCounts;
  }

  /**
   * Each account once. With it: from the start of its first goal of the period to the goal's end, at most the playbook's
   * duration. Without it: live, from the first day of the period on which it entered a segment or an alert opened, for
   * that duration; no goal of the playbook started in the period or ran in that time. A day's score and ARR are those of
   * its close, today's those of now. Who has churned has no ARR.
   */
  async groups(tx: Tx, scope: Scope, question: EffectQuestion): Promise<Groups> {
    const { bind, values } = new Binder();
    const [id, from, to] = [bind(question.playbookId), bind(question.from), bind(question.to)];
    const [today, duration] = [`${bind(question.today)}::date`, `${bind(question.durationDays)}::int`];
    const period = `BETWEEN ${from}::date AND ${to}::date`;
    const inScope = scopePredicate(scope, bind);
    const rows = await open(tx).query<GroupRow & { group: keyof Groups }>(
      `WITH treated AS (
         SELECT DISTINCT ON (g.account_id) g.account_id, g.start_day AS from_day,
           LEAST(g.ended_day, g.start_day + ${duration}) AS to_day
         FROM steward.goal g JOIN steward.account a ON a.id = g.account_id
         WHERE g.playbook_id = ${id} AND g.start_day ${period} AND g.status <> 'notStarted' AND ${inScope}
         ORDER BY g.account_id, g.start_day, g.id),
       triggered AS (
         SELECT account_id, min(day) AS from_day FROM (
           SELECT e.account_id, e.day FROM steward.segment_event e
           WHERE e.segment_id = ANY(${bind(question.segmentIds)}::uuid[]) AND e.day ${period} AND e.kind = 'entered'
             AND e.contact_id = '${NIL}'
           UNION ALL
           SELECT t.account_id, t.opened_day FROM steward.alert t
           WHERE t.rule_id = ANY(${bind(question.alertRuleIds)}::uuid[]) AND t.opened_day ${period}
             AND t.started IN ('change', 'replay', 'lived') AND t.state IN ('open', 'acknowledged', 'snoozed', 'resolved', 'cleared')
         ) AS triggers GROUP BY account_id),
       compared AS (
         SELECT t.account_id, t.from_day, t.from_day + ${duration} AS to_day
         FROM triggered t JOIN steward.account a ON a.id = t.account_id
         WHERE ${inScope} AND NOT EXISTS (
           SELECT 1 FROM steward.goal g WHERE g.account_id = t.account_id AND g.playbook_id = ${id}
             AND (g.start_day ${period} OR (g.start_day <= t.from_day + ${duration}
               AND (g.ended_day IS NULL OR g.ended_day >= t.from_day))))),
       measured AS (
         SELECT o.group, o.to_day > ${today} AS is_ahead, s.status AS status, s.score::float8 AS score,
           e.score::float8 AS score_then, s.arr_minor::float8 AS arr, e.status = 'churned' AS is_churned,
           CASE WHEN e.status = 'churned' THEN 0 ELSE e.arr_minor::float8 END AS arr_then
         FROM (SELECT 'treated' AS group, * FROM treated UNION ALL SELECT 'compared', * FROM compared) AS o
           LEFT JOIN steward.account_snapshot s ON s.account_id = o.account_id AND s.day = o.from_day
           LEFT JOIN steward.account_snapshot e
             ON e.account_id = o.account_id AND e.day = o.to_day AND o.to_day <= ${today})
       SELECT m.group, count(*)::int AS accounts, count(score_then - score)::int AS "scoreKnown",
         count(*) FILTER (WHERE is_ahead)::int AS "notYet", count(*) FILTER (WHERE is_churned)::int AS churned,
         avg(score) FILTER (WHERE score_then IS NOT NULL) AS "scoreAtStart", avg(arr) AS "arrAtStart",
         avg(score_then - score) AS "meanChange", var_samp(score_then - score) AS variance,
         count(arr_then - arr)::int AS "arrKnown",
         coalesce(sum(arr) FILTER (WHERE arr_then IS NOT NULL), 0) AS "arrFrom",
         coalesce(sum(arr_then) FILTER (WHERE arr IS NOT NULL), 0) AS "arrTo"
       FROM measured m
       WHERE m.group = 'treated' OR m.status IS NULL OR m.status = ANY(${bind(ACCOUNT_STATUSES.filter(isLive))}::text[])
       GROUP BY m.group`,
      values,
    );
    const of = (group: keyof Groups) => rows.find((row) => row.group === group) ?? NOBODY;
    return { treated: of('treated'), compared: of('compared') };
  }
}
