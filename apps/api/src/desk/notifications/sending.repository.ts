import { Injectable } from '@nestjs/common';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { AlertMessage, Message } from '../../domain/notifications/messages.js';
import { SeenAccountsRepository } from './seen-accounts.repository.js';

export interface ClaimedWebhook {
  accountId: string;
  id: string;
  attempts: number;
  message: AlertMessage;
  /** Null: the webhook is gone or switched off. */
  url: string | null;
  secret: string | null;
}

export interface ClaimedMail {
  accountId: string;
  id: string;
  attempts: number;
  message: Message;
}

export interface DeliveryKey {
  accountId: string;
  id: string;
}

export type Outcome =
  | { state: 'sent'; at: Date }
  | { state: 'due'; at: Date; error: string }
  | { state: 'failed' | 'uncertain'; error: string };

/** Deliveries on their way. A claim is committed before anything leaves, so that nothing leaves twice unnoticed. */
@Injectable()
export class SendingRepository {
  constructor(readonly accounts: SeenAccountsRepository) {}

  async claimWebhook(tx: Tx, { accountId, id }: DeliveryKey, now: Date): Promise<ClaimedWebhook | null> {
    const [row] = await open(tx).query<ClaimedWebhook>(
      `WITH claimed AS (
         UPDATE steward.notification_delivery SET state = 'sending', claimed_at = $3, attempts = attempts + 1
         WHERE account_id = $1 AND id = $2 AND channel = 'webhook' AND state = 'due' AND due_at <= $3
         RETURNING account_id, id, attempts, message, webhook_id
       )
       SELECT c.account_id AS "accountId", c.id, c.attempts, c.message, w.url, w.secret
       FROM claimed c LEFT JOIN steward.webhook w ON w.id = c.webhook_id AND w.enabled`,
      [accountId, id, now],
    );
    return row ?? null;
  }

  /** The mails to a person that are due, the oldest first; they leave as one. */
  claimMail(tx: Tx, userId: string, now: Date, limit: number): Promise<ClaimedMail[]> {
    return open(tx).query(
      `WITH due AS (
         SELECT account_id, id FROM steward.notification_delivery
         WHERE user_id = $1 AND state = 'due' AND due_at <= $2
         ORDER BY account_id, id LIMIT $3 FOR UPDATE SKIP LOCKED
       ), claimed AS (
         UPDATE steward.notification_delivery d SET state = 'sending', claimed_at = $2, attempts = d.attempts + 1
         FROM due WHERE d.account_id = due.account_id AND d.id = due.id
         RETURNING d.account_id, d.id, d.attempts, d.message, d.created_at
       )
       SELECT account_id AS "accountId", id, attempts, message FROM claimed ORDER BY created_at, account_id, id`,
      [userId, now, limit],
    );
  }

  async record(tx: Tx, keys: readonly DeliveryKey[], outcome: Outcome): Promise<void> {
    await open(tx).query(
      `UPDATE steward.notification_delivery d SET state = $3, claimed_at = NULL,
         sent_at = CASE WHEN $3 = 'sent' THEN $4::timestamptz END,
         due_at = CASE WHEN $3 = 'due' THEN $4::timestamptz ELSE due_at END, error = $5
       FROM (SELECT * FROM unnest($1::uuid[], $2::uuid[]) AS t (account_id, id) ORDER BY account_id, id) t
       WHERE d.account_id = t.account_id AND d.id = t.id AND d.state = 'sending'`,
      [
        keys.map(({ accountId }) => accountId),
        keys.map(({ id }) => id),
        outcome.state,
        'at' in outcome ? outcome.at : null,
        'error' in outcome ? outcome.error : null,
      ],
    );
  }

  /** What a process left on its way when it ended: webhooks are due again, under their id; mails may have gone out. */
  async takeUpLeft(tx: Tx, claimedBefore: Date, now: Date): Promise<void> {
    await open(tx).query(
      `UPDATE steward.notification_delivery SET claimed_at = NULL, due_at = $2,
         state = CASE WHEN channel = 'webhook' THEN 'due' ELSE 'uncertain' END,
         error = 'The process ended while this was being sent.'
       WHERE state = 'sending' AND claimed_at < $1`,
      [claimedBefore, now],
    );
  }

  dueWebhooks(tx: Tx, now: Date, limit: number): Promise<DeliveryKey[]> {
    return open(tx).query(
      `SELECT account_id AS "accountId", id FROM steward.notification_delivery
       WHERE state = 'due' AND due_at <= $1 AND channel = 'webhook' ORDER BY due_at LIMIT $2`,
      [now, limit],
    );
  }

  async peopleWithDueMail(tx: Tx, now: Date): Promise<string[]> {
    const rows = await open(tx).query<{ id: string }>(
      `SELECT DISTINCT user_id AS id FROM steward.notification_delivery
       WHERE state = 'due' AND due_at <= $1 AND channel = 'email'`,
      [now],
    );
    return rows.map(({ id }) => id);
  }
}
