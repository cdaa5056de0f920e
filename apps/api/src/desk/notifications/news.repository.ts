import { Injectable } from '@nestjs/common';
import type { AlertKind, AlertSeverity } from '@steward/shared/alerts';
import type { IsoDay } from '@steward/shared/common';
import type { DeskNewsKind, NewsKind } from '@steward/shared/notifications';
import { LOCKS } from '../../db/advisory-locks.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { GatheredTask } from '../../domain/notifications/gathered-tasks.js';
import type { Message } from '../../domain/notifications/messages.js';
import { NoticesRepository } from './notices.repository.js';

export interface UntoldEvent {
  accountId: string;
  id: string;
  alertId: string;
  kind: string;
  at: Date;
  day: IsoDay;
  byUserId: string | null;
  alertKind: AlertKind;
  severity: AlertSeverity;
  state: string;
  started: string;
  reason: string;
  assigneeUserId: string | null;
  ruleKey: string | null;
  ruleName: string | null;
  ownerRole: 'csm' | 'am' | null;
  /** Null: raised by hand, by any channel. */
  channels: string[] | null;
  accountName: string;
  externalId: string;
  csmUserId: string | null;
  amUserId: string | null;
}

export interface NewNotification {
  accountId: string;
  id: string;
  userId: string;
  eventId: string;
  /** Null: it is about no alert. */
  alertId: string | null;
  news: NewsKind | DeskNewsKind;
  alertKind: AlertKind | null;
  severity: AlertSeverity;
  text: string;
  /** Tasks on several accounts that it tells in one; null: it is about its account alone. */
  tasks: GatheredTask[] | null;
  inApp: boolean;
}

export interface NewDelivery {
  accountId: string;
  id: string;
  eventId: string;
  alertId: string | null;
  userId: string | null;
  webhookId: string | null;
  message: Message;
  /** The hour of the workspace's day at which it goes out; null: at once. */
  digestHour: number | null;
}

export interface WebhookChoice {
  id: string;
  kinds: AlertKind[] | null;
  leastSeverity: AlertSeverity;
}

/** Events of alerts that nobody was told of, and what telling makes of them. */
@Injectable()
export class NewsRepository {
  constructor(readonly notices: NoticesRepository) {}

  /** Telling happens in one place at a time, so that "one a day" holds. */
  async oneAtATime(tx: Tx): Promise<void> {
    await open(tx).query(`SELECT pg_advisory_xact_lock(${LOCKS.notifications}, 0)`);
  }

  /** Alerts that are not yet decided on keep their events until they are. */
  untold(tx: Tx, limit: number): Promise<UntoldEvent[]> {
    return open(tx).query(
      `SELECT e.account_id AS "accountId", e.id, e.alert_id AS "alertId", e.kind, e.at, e.day,
         e.by_user_id AS "byUserId", l.kind AS "alertKind", l.severity, l.state, l.started, l.reason,
         l.assignee_user_id AS "assigneeUserId", r.key AS "ruleKey", r.name AS "ruleName",
         r.owner_role AS "ownerRole", r.channels, a.name AS "accountName", a.external_id AS "externalId",
         a.csm_user_id AS "csmUserId", a.am_user_id AS "amUserId"
       FROM steward.alert_event e
       JOIN steward.alert l ON l.account_id = e.account_id AND l.id = e.alert_id
       JOIN steward.account a ON a.id = e.account_id
       LEFT JOIN steward.alert_rule r ON r.id = l.rule_id
       WHERE e.told_at IS NULL AND l.state <> 'pending'
       ORDER BY e.at, e.account_id, e.id LIMIT $1`,
      [limit],
    );
  }

  async markTold(tx: Tx, events: readonly UntoldEvent[], at: Date): Promise<void> {
    await open(tx).query(
      `UPDATE steward.alert_event e SET told_at = $3
       FROM (SELECT * FROM unnest($1::uuid[], $2::uuid[]) AS t (account_id, id) ORDER BY account_id, id) t
       WHERE e.account_id = t.account_id AND e.id = t.id`,
      [events.map(({ accountId }) => accountId), events.map(({ id }) => id), at],
    );
  }

  /** Who was told of alerts of these accounts on the day. */
  toldOn(tx: Tx, accountIds: readonly string[], day: IsoDay): Promise<{ accountId: string; userId: string }[]> {
    return open(tx).query(
      `SELECT DISTINCT account_id AS "accountId", user_id AS "userId" FROM steward.notification
       WHERE account_id = ANY($1::uuid[]) AND day = $2::date AND alert_id IS NOT NULL`,
      [accountIds, day],
    );
  }

  /** Followers by account. */
  async followers(tx: Tx, accountIds: readonly string[]): Promise<Map<string, string[]>> {
    const rows = await open(tx).query<{ accountId: string; userIds: string[] }>(
      `SELECT account_id AS "accountId", array_agg(user_id) AS "userIds" FROM steward.account_follower
       WHERE account_id = ANY($1::uuid[]) GROUP BY account_id`,
      [accountIds],
    );
    return new Map(rows.map(({ accountId, userIds }) => [accountId, userIds]));
  }

  webhooks(tx: Tx): Promise<WebhookChoice[]> {
    return open(tx).query(
      `SELECT id, kinds, least_severity AS "leastSeverity" FROM steward.webhook WHERE enabled ORDER BY id`,
    );
  }

  async addNotifications(tx: Tx, rows: readonly NewNotification[], day: IsoDay, at: Date): Promise<void> {
    if (rows.length === 0) return;
    await open(tx).query(
      `INSERT INTO steward.notification
         (account_id, id, user_id, event_id, alert_id, news, alert_kind, severity, text, tasks, in_app, day, at)
       SELECT "accountId", id, "userId", "eventId", "alertId", news, "alertKind", severity, text, tasks, "inApp",
         $2::date, $3
       FROM jsonb_to_recordset($1::jsonb) AS t ("accountId" uuid, id uuid, "userId" uuid, "eventId" uuid,
         "alertId" uuid, news text, "alertKind" text, severity text, text text, tasks jsonb,
         "inApp" boolean)
       ORDER BY "accountId", id
       ON CONFLICT (account_id, id) DO NOTHING`,
      [JSON.stringify(rows), day, at],
    );
  }

  async addDeliveries(tx: Tx, rows: readonly NewDelivery[], timeZone: string, at: Date): Promise<void> {
    if (rows.length === 0) return;
    await open(tx).query(
      `INSERT INTO steward.notification_delivery
         (account_id, id, event_id, alert_id, channel, user_id, webhook_id, message, state, due_at, attempts, created_at)
       SELECT "accountId", id, "eventId", "alertId", CASE WHEN "userId" IS NULL THEN 'webhook' ELSE 'email' END,
         "userId", "webhookId", message, 'due',
         CASE WHEN "digestHour" IS NULL THEN $3::timestamptz
           ELSE (l.day + CASE WHEN "digestHour" <= l.hour THEN 1 ELSE 0 END + make_time("digestHour", 0, 0))
             AT TIME ZONE $2 END,
         0, $3::timestamptz
       FROM jsonb_to_recordset($1::jsonb) AS t ("accountId" uuid, id uuid, "eventId" uuid, "alertId" uuid,
           "userId" uuid, "webhookId" uuid, message jsonb, "digestHour" integer),
         (SELECT (n.local)::date AS day, extract(hour FROM n.local) AS hour
          FROM (SELECT $3::timestamptz AT TIME ZONE $2 AS local) n) l
       ORDER BY "accountId", id
       ON CONFLICT (account_id, id) DO NOTHING`,
      [JSON.stringify(rows), timeZone, at],
    );
  }
}
