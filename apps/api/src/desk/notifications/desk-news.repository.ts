import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { open, type Tx } from '../../db/unit-of-work.js';
import { NewsRepository } from './news.repository.js';

export interface NewsAccount {
  accountId: string;
  accountName: string;
  externalId: string;
  csmUserId: string | null;
  amUserId: string | null;
}

export interface UntoldNews extends NewsAccount {
  id: string;
  kind: 'touched' | 'mentioned' | 'handedOver';
  at: Date;
  day: IsoDay;
  byUserId: string | null;
  byName: string | null;
  toUserIds: string[];
  text: string;
  subjectId: string | null;
}

export interface UntoldTask extends NewsAccount {
  id: string;
  kind: string;
  at: Date;
  day: IsoDay;
  byUserId: string | null;
  taskId: string;
  title: string;
  isOpen: boolean;
  assigneeUserId: string | null;
}

export interface UntoldGoal extends NewsAccount {
  id: string;
  kind: string;
  at: Date;
  day: IsoDay;
  byUserId: string | null;
  name: string;
  ownerUserId: string | null;
}

export interface TurnedAtRisk extends NewsAccount {
  day: IsoDay;
  score: number | null;
}

export interface DueTask extends NewsAccount {
  taskId: string;
  title: string;
  dueDay: IsoDay;
  userId: string;
}

const ACCOUNT = `a.id AS "accountId", a.name AS "accountName", a.external_id AS "externalId", a.csm_user_id AS "csmUserId",
  a.am_user_id AS "amUserId"`;

/** What people and the pipeline did with accounts that nobody was told of. */
@Injectable()
export class DeskNewsRepository {
  constructor(readonly all: NewsRepository) {}

  news(tx: Tx, limit: number): Promise<UntoldNews[]> {
    return open(tx).query(
      `SELECT ${ACCOUNT}, n.id, n.kind, n.at, n.day, n.by_user_id AS "byUserId", u.full_name AS "byName",
         n.to_user_ids AS "toUserIds", n.text, n.subject_id AS "subjectId"
       FROM steward.account_news n JOIN steward.account a ON a.id = n.account_id
         LEFT JOIN steward.app_user u ON u.id = n.by_user_id
       WHERE n.told_at IS NULL ORDER BY n.at, n.account_id, n.id LIMIT $1`,
      [limit],
    );
  }

  tasks(tx: Tx, limit: number): Promise<UntoldTask[]> {
    return open(tx).query(
      `SELECT ${ACCOUNT}, e.id, e.kind, e.at, e.day, e.by_user_id AS "byUserId", t.id AS "taskId", t.title,
         t.state = 'open' AS "isOpen", t.assignee_user_id AS "assigneeUserId"
       FROM steward.task_event e JOIN steward.task t ON t.account_id = e.account_id AND t.id = e.task_id
         JOIN steward.account a ON a.id = e.account_id
       WHERE e.told_at IS NULL ORDER BY e.at, e.account_id, e.id LIMIT $1`,
      [limit],
    );
  }

  goals(tx: Tx, limit: number): Promise<UntoldGoal[]> {
    return open(tx).query(
      `SELECT ${ACCOUNT}, e.id, e.kind, e.at, e.day, e.by_user_id AS "byUserId", g.name, g.owner_user_id AS "ownerUserId"
       FROM steward.goal_event e JOIN steward.goal g ON g.account_id = e.account_id AND g.id = e.goal_id
         JOIN steward.account a ON a.id = e.account_id
       WHERE e.told_at IS NULL ORDER BY e.at, e.account_id, e.id LIMIT $1`,
      [limit],
    );
  }

  async markTold(
    tx: Tx,
    of: 'account_news' | 'task_event' | 'goal_event',
    rows: readonly { accountId: string; id: string }[],
    at: Date,
  ): Promise<void> {
    if (rows.length === 0) return;
    await open(tx).query(
      `UPDATE steward.${of} e SET told_at = $3
       FROM (SELECT * FROM unnest($1::uuid[], $2::uuid[]) AS t (account_id, id) ORDER BY account_id, id) t
       WHERE e.account_id = t.account_id AND e.id = t.id`,
      [rows.map(({ accountId }) => accountId), rows.map(({ id }) => id), at],
    );
  }

  /**
   * Accounts with followers whose band turned to at risk today or at the close of yesterday, and of which nobody was told
   * for that day.
   */
  turnedAtRisk(tx: Tx, today: IsoDay): Promise<TurnedAtRisk[]> {
    return open(tx).query(
      `SELECT ${ACCOUNT}, s.band_since AS day, s.score
       FROM steward.account_state s JOIN steward.account a ON a.id = s.account_id
       WHERE s.account_id IN (SELECT f.account_id FROM steward.account_follower f)
         AND s.band = 'at_risk' AND s.band_since >= $1::date - 1 AND s.as_of = $1::date
         AND EXISTS (SELECT 1 FROM steward.account_follower f WHERE f.account_id = s.account_id
           AND f.since_day <= s.band_since AND NOT EXISTS (SELECT 1 FROM steward.notification n
             WHERE n.account_id = s.account_id AND n.day >= s.band_since AND n.user_id = f.user_id
               AND n.news = 'followedBand'))
       ORDER BY s.account_id`,
      [today],
    );
  }

  /** Open tasks that are due or overdue, of people who were not reminded today. */
  due(tx: Tx, today: IsoDay): Promise<DueTask[]> {
    return open(tx).query(
      `SELECT ${ACCOUNT}, t.id AS "taskId", t.title, t.due_day AS "dueDay", t.assignee_user_id AS "userId"
       FROM steward.task t JOIN steward.account a ON a.id = t.account_id
       WHERE t.state = 'open' AND t.due_day <= $1::date AND t.assignee_user_id IS NOT NULL
         AND (t.snoozed_until IS NULL OR t.snoozed_until <= $1::date) AND t.reminded_day IS DISTINCT FROM $1::date
         AND NOT EXISTS (SELECT 1 FROM steward.task o WHERE o.assignee_user_id = t.assignee_user_id AND o.state = 'open'
           AND o.reminded_day = $1::date)
         AND NOT EXISTS (SELECT 1 FROM steward.notification n WHERE n.user_id = t.assignee_user_id AND n.day = $1::date
           AND n.news = 'taskDue')
       ORDER BY t.due_day, t.account_id, t.id`,
      [today],
    );
  }

  async markReminded(tx: Tx, tasks: readonly { accountId: string; taskId: string }[], today: IsoDay): Promise<void> {
    await open(tx).query(
      `UPDATE steward.task t SET reminded_day = $3::date
       FROM (SELECT * FROM unnest($1::uuid[], $2::uuid[]) AS i (account_id, id) ORDER BY account_id, id) i
       WHERE t.account_id = i.account_id AND t.id = i.id`,
      [tasks.map(({ accountId }) => accountId), tasks.map(({ taskId }) => taskId), today],
    );
  }
}
