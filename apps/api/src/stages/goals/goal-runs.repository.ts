import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { NIL } from 'uuid';
import { Binder } from '../../db/rules/binder.js';
import { dayNumber } from '../../db/sql-days.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Day } from '../../domain/calendar/day.js';
import { type Batch, inBatch } from '../batch.js';

/** What a playbook has done on an account before. */
export interface PastRuns {
  isRunning: boolean;
  /** Of the last goal that ended; null: none did. */
  lastEndedDay: Day | null;
}

/** Something that starts a playbook by itself. */
export interface Trigger {
  accountId: string;
  /** The segment that was entered, or the rule of the alert that opened. */
  ofId: string;
  alertId: string | null;
}

export const runKey = (accountId: string, playbookId: string) => `${accountId} ${playbookId}`;

/** What starts goals by itself, and what ran before. */
@Injectable()
export class GoalRunsRepository {
  async past(tx: Tx, accountIds: readonly string[], playbookIds: readonly string[]): Promise<Map<string, PastRuns>> {
    const rows = await open(tx).prepared<PastRuns & { accountId: string; playbookId: string }>(
      `SELECT account_id AS "accountId", playbook_id AS "playbookId", bool_or(ended_day IS NULL) AS "isRunning",
         max(${dayNumber('ended_day')}) AS "lastEndedDay"
       FROM steward.goal WHERE account_id = ANY($1::uuid[]) AND playbook_id = ANY($2::uuid[])
       GROUP BY account_id, playbook_id`,
      [accountIds, playbookIds],
    );
    return new Map(rows.map((row) => [runKey(row.accountId, row.playbookId), row]));
  }

  /** Accounts that entered one of the segments on the day. */
  async entries(tx: Tx, batch: Batch, day: IsoDay, segmentIds: readonly string[]): Promise<Trigger[]> {
    if (segmentIds.length === 0) return [];
    const { bind, values } = new Binder();
    return open(tx).prepared<Trigger>(
      `SELECT account_id AS "accountId", segment_id AS "ofId", NULL AS "alertId" FROM steward.segment_event
       WHERE ${inBatch(batch, 'account_id', bind)} AND day = ${bind(day)}::date AND kind = 'entered'
         AND contact_id = '${NIL}' AND segment_id = ANY(${bind([...segmentIds])}::uuid[])
       ORDER BY account_id, segment_id`,
      values,
    );
  }

  /** Alerts of days past that rules raised on the day, in a replay. */
  async raisedOn(tx: Tx, batch: Batch, day: IsoDay, ruleIds: readonly string[]): Promise<Trigger[]> {
    if (ruleIds.length === 0) return [];
    const { bind, values } = new Binder();
    return open(tx).prepared<Trigger>(
      `SELECT account_id AS "accountId", rule_id AS "ofId", id AS "alertId" FROM steward.alert
       WHERE ${inBatch(batch, 'account_id', bind)} AND opened_day = ${bind(day)}::date AND started = 'replay'
         AND rule_id = ANY(${bind([...ruleIds])}::uuid[])
       ORDER BY account_id, rule_id`,
      values,
    );
  }

  /**
   * Alerts of the rules that opened, other than true at start, and that nobody has asked yet whether they start anything.
   * Alerts that opened before the day are left alone: their playbook, or its trigger, came later.
   */
  async opened(tx: Tx, ruleIds: readonly string[], since: IsoDay, most: number): Promise<Trigger[]> {
    return open(tx).prepared<Trigger>(
      `SELECT t.account_id AS "accountId", t.rule_id AS "ofId", t.id AS "alertId" FROM steward.alert t
       WHERE t.rule_id = ANY($1::uuid[]) AND t.opened_day >= $2::date AND t.started = 'change'
         AND t.state IN ('open', 'acknowledged', 'snoozed') AND t.playbooks_asked_at IS NULL
       ORDER BY t.account_id, t.id LIMIT $3`,
      [ruleIds, since, most],
    );
  }

  async noteAsked(tx: Tx, triggers: readonly Trigger[], at: Date): Promise<void> {
    await open(tx).prepared(
      `UPDATE steward.alert t SET playbooks_asked_at = $1 FROM unnest($2::uuid[], $3::uuid[]) AS u (account_id, id)
       WHERE t.account_id = u.account_id AND t.id = u.id AND t.account_id = ANY($2::uuid[])`,
      [at, triggers.map(({ accountId }) => accountId), triggers.map(({ alertId }) => alertId)],
    );
  }

  /** What stands in the way of making goals of days past anew: goals that live through them, or that people touched. */
  async livedSince(tx: Tx, from: IsoDay): Promise<number> {
    const [row] = await open(tx).query<{ lived: number }>(
      `SELECT count(*)::int AS lived FROM steward.goal g
       WHERE (g.start_day >= $1::date OR g.ended_day IS NULL OR g.ended_day >= $1::date)
         AND (g.started <> 'replay' OR g.start_day < $1::date
           OR EXISTS (SELECT 1 FROM steward.goal_event e
             WHERE e.account_id = g.account_id AND e.goal_id = g.id AND e.by_user_id IS NOT NULL)
           OR EXISTS (SELECT 1 FROM steward.task t JOIN steward.task_event e
             ON e.account_id = t.account_id AND e.task_id = t.id
             WHERE t.account_id = g.account_id AND t.goal_id = g.id AND e.by_user_id IS NOT NULL))`,
      [from],
    );
    return row?.lived ?? 0;
  }

  /** Takes away the goals that an earlier replay made of these days, with their tasks. */
  async clearReplayed(tx: Tx, batch: Batch, from: IsoDay): Promise<void> {
    const tasks = new Binder();
    await open(tx).query(
      `DELETE FROM steward.task t WHERE ${inBatch(batch, 't.account_id', tasks.bind)} AND EXISTS (
         SELECT 1 FROM steward.goal g WHERE g.account_id = t.account_id AND g.id = t.goal_id AND g.started = 'replay'
           AND g.start_day >= ${tasks.bind(from)}::date)`,
      tasks.values,
    );
    const goals = new Binder();
    await open(tx).query(
      `DELETE FROM steward.goal WHERE ${inBatch(batch, 'account_id', goals.bind)} AND started = 'replay'
         AND start_day >= ${goals.bind(from)}::date`,
      goals.values,
    );
  }
}
