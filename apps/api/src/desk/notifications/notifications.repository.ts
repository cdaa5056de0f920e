import { Injectable } from '@nestjs/common';
import type { DeliveriesQuery, Delivery, Notification } from '@steward/shared/notifications';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { GatheredTask } from '../../domain/notifications/gathered-tasks.js';
import type { Scope } from '../../platform/auth/scope.js';
import { NoticesRepository } from './notices.repository.js';
import { SeenAccountsRepository } from './seen-accounts.repository.js';
import type { DeliveryKey } from './sending.repository.js';

type Dated<Row, Key extends keyof Row> = Omit<Row, Key> & { [K in Key]: Date | Extract<Row[K], null> };

/** `tasks`: those on several accounts that it tells in one; null: it is about its account alone. */
export type ToldRow = Dated<Notification, 'at' | 'readAt'> & { tasks: GatheredTask[] | null };

/** What people were told, and what became of the messages that left. */
@Injectable()
export class NotificationsRepository {
  constructor(
    readonly notices: NoticesRepository,
    readonly accounts: SeenAccountsRepository,
  ) {}

  /** Ids of the accounts whose tasks a person was told of in one with those of others. */
  async gatheredAccounts(tx: Tx, userId: string): Promise<string[]> {
    const rows = await open(tx).query<{ id: string }>(
      `SELECT DISTINCT t.task->'account'->>'id' AS id
       FROM steward.notification n, jsonb_array_elements(n.tasks) AS t (task) WHERE n.user_id = $1 AND n.in_app`,
      [userId],
    );
    return rows.map(({ id }) => id);
  }

  /** The newest of a person, on accounts that they still may see; of what was gathered, on one of them at least. */
  async newest(
    tx: Tx,
    userId: string,
    { scope, gathered }: { scope: Scope; gathered: ReadonlySet<string> },
    limit: number,
  ): Promise<{ rows: ToldRow[]; unread: number }> {
    const values: unknown[] = [userId];
    const bind = (value: unknown) => `$${values.push(value)}`;
    const seen = `CASE WHEN n.tasks IS NULL THEN ${scopePredicate(scope, bind)}
      ELSE EXISTS (SELECT 1 FROM jsonb_array_elements(n.tasks) AS t (task)
        WHERE t.task->'account'->>'id' = ANY(${bind([...gathered])}::text[])) END`;
    const from = `FROM steward.notification n JOIN steward.account a ON a.id = n.account_id
       WHERE n.user_id = $1 AND n.in_app AND ${seen}`;
    const [count] = await open(tx).query<{ unread: number }>(
      `SELECT count(*) AS unread ${from} AND n.read_at IS NULL`,
      values,
    );
    const rows = await open(tx).query<ToldRow>(
      `SELECT n.id, n.account_id AS "accountId", a.name AS "accountName", n.alert_id AS "alertId", n.news,
         n.alert_kind AS "alertKind", NULL AS "ruleId", n.severity, n.text, n.tasks, n.at, n.read_at AS "readAt"
       ${from} ORDER BY n.at DESC, n.id DESC LIMIT ${bind(limit)}`,
      values,
    );
    return { rows, unread: count?.unread ?? 0 };
  }

  /** These of the person, or all of them. */
  async markRead(tx: Tx, userId: string, ids: readonly string[] | null, at: Date): Promise<void> {
    await open(tx).query(
      `UPDATE steward.notification SET read_at = $3
       WHERE user_id = $1 AND read_at IS NULL AND in_app AND ($2::uuid[] IS NULL OR id = ANY($2::uuid[]))`,
      [userId, ids, at],
    );
  }

  deliveries(
    tx: Tx,
    { webhookId, channel, state, limit }: DeliveriesQuery,
  ): Promise<Dated<Delivery, 'dueAt' | 'createdAt' | 'sentAt'>[]> {
    return open(tx).query(
      `SELECT d.id, d.account_id AS "accountId", a.name AS "accountName", d.channel,
         coalesce(w.name, u.full_name, '(gone)') AS "to", d.state, d.message->>'text' AS text, d.attempts,
         CASE WHEN d.state = 'due' THEN d.due_at END AS "dueAt", d.created_at AS "createdAt", d.sent_at AS "sentAt",
         d.error
       FROM steward.notification_delivery d
       JOIN steward.account a ON a.id = d.account_id
       LEFT JOIN steward.webhook w ON w.id = d.webhook_id
       LEFT JOIN steward.app_user u ON u.id = d.user_id
       WHERE ($1::uuid IS NULL OR d.webhook_id = $1) AND ($2::text IS NULL OR d.channel = $2)
         AND ($3::text IS NULL OR d.state = $3)
       ORDER BY d.created_at DESC, d.id DESC LIMIT $4`,
      [webhookId ?? null, channel ?? null, state ?? null, limit],
    );
  }

  /** Makes what failed, or may have, due at once; null where it is neither. */
  async tryAgain(
    tx: Tx,
    { accountId, id }: DeliveryKey,
    at: Date,
  ): Promise<{ userId: string | null; before: string } | null> {
    const [row] = await open(tx).query<{ userId: string | null; before: string }>(
      `UPDATE steward.notification_delivery d SET state = 'due', due_at = $3, attempts = 0
       FROM steward.notification_delivery o
       WHERE d.account_id = $1 AND d.id = $2 AND d.state IN ('failed', 'uncertain')
         AND o.account_id = d.account_id AND o.id = d.id
       RETURNING d.user_id AS "userId", o.state AS before`,
      [accountId, id, at],
    );
    return row ?? null;
  }

  /** Takes away what is old: notifications of before a time, and messages that need nothing any more. */
  async forget(tx: Tx, before: Date): Promise<void> {
    const { query } = open(tx);
    await query(`DELETE FROM steward.notification WHERE at < $1`, [before]);
    await query(
      `DELETE FROM steward.notification_delivery WHERE created_at < $1 AND state IN ('sent', 'failed', 'uncertain')`,
      [before],
    );
  }

  /** What people did and everybody was told of. */
  async forgetNews(tx: Tx, before: Date): Promise<void> {
    await open(tx).query('DELETE FROM steward.account_news WHERE told_at < $1', [before]);
  }
}
