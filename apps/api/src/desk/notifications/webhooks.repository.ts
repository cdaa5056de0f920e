import { Injectable } from '@nestjs/common';
import type { CreateWebhook, UpdateWebhook, Webhook } from '@steward/shared/notifications';
import { open, type Tx } from '../../db/unit-of-work.js';

export type StoredWebhook = Omit<Webhook, 'createdAt'> & { createdAt: Date; secret: string };

const WEBHOOK = `w.id, w.name, w.url, w.kinds, w.least_severity AS "leastSeverity", w.enabled, w.revision, w.secret,
  w.created_at AS "createdAt", coalesce(d.sent, 0) AS sent, coalesce(d.failed, 0) AS failed,
  coalesce(d.waiting, 0) AS waiting`;

@Injectable()
export class WebhooksRepository {
  /** With what became of their messages since a time. */
  all(tx: Tx, since: Date): Promise<StoredWebhook[]> {
    return open(tx).query(
      `SELECT ${WEBHOOK} FROM steward.webhook w
       LEFT JOIN (
         SELECT webhook_id, count(*) FILTER (WHERE state = 'sent') AS sent,
           count(*) FILTER (WHERE state = 'failed') AS failed,
           count(*) FILTER (WHERE state IN ('due', 'sending')) AS waiting
         FROM steward.notification_delivery WHERE channel = 'webhook' AND created_at >= $1 GROUP BY webhook_id
       ) d ON d.webhook_id = w.id
       ORDER BY lower(w.name), w.id`,
      [since],
    );
  }

  async add(tx: Tx, id: string, webhook: CreateWebhook, secret: string, byUserId: string, at: Date): Promise<void> {
    const { name, url, kinds, leastSeverity, enabled } = webhook;
    await open(tx).query(
      `INSERT INTO steward.webhook
         (id, name, url, secret, kinds, least_severity, enabled, revision, created_by, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, $9, $9)`,
      [id, name, url, secret, kinds, leastSeverity, enabled, byUserId, at],
    );
  }

  /** Writes onto the revision that was read; false when another change came first. */
  async update(tx: Tx, id: string, { revision, ...change }: UpdateWebhook, at: Date): Promise<boolean> {
    const rows = await open(tx).query(
      `UPDATE steward.webhook SET name = coalesce($3, name), url = coalesce($4, url),
         kinds = CASE WHEN $5 THEN $6::text[] ELSE kinds END, least_severity = coalesce($7, least_severity),
         enabled = coalesce($8, enabled), revision = revision + 1, updated_at = $9
       WHERE id = $1 AND revision = $2 RETURNING id`,
      [
        id,
        revision,
        change.name ?? null,
        change.url ?? null,
        change.kinds !== undefined,
        change.kinds ?? null,
        change.leastSeverity ?? null,
        change.enabled ?? null,
        at,
      ],
    );
    return rows.length > 0;
  }

  async setSecret(tx: Tx, id: string, secret: string, at: Date): Promise<void> {
    await open(tx).query(
      `UPDATE steward.webhook SET secret = $2, revision = revision + 1, updated_at = $3 WHERE id = $1`,
      [id, secret, at],
    );
  }

  async remove(tx: Tx, id: string): Promise<void> {
    await open(tx).query(`DELETE FROM steward.webhook WHERE id = $1`, [id]);
  }
}
