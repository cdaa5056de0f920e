import type { MigrationInterface, QueryRunner } from 'typeorm';
import { copyToEveryNode, distribute, run } from './support.js';

const CONFIGURATION = ['notification_preference', 'webhook'] as const;
const OF_ACCOUNT = ['notification', 'notification_delivery'] as const;

/** What people are told about alerts, where to, and what became of each message. */
export class CreateNotification1795296000000 implements MigrationInterface {
  name = 'CreateNotification1795296000000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      `CREATE TABLE steward.notification_preference (
        user_id uuid PRIMARY KEY,
        kinds jsonb NOT NULL,
        digest_hour integer NOT NULL CHECK (digest_hour BETWEEN 0 AND 23),
        revision integer NOT NULL,
        updated_at timestamptz NOT NULL
      )`,
      `CREATE TABLE steward.webhook (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        url text NOT NULL,
        secret text NOT NULL,
        kinds text[],
        least_severity text NOT NULL CHECK (least_severity IN ('info', 'low', 'medium', 'high', 'critical')),
        enabled boolean NOT NULL,
        revision integer NOT NULL,
        created_by uuid,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL
      )`,
      `CREATE TABLE steward.notification (
        account_id uuid NOT NULL,
        id uuid NOT NULL,
        user_id uuid NOT NULL,
        event_id uuid NOT NULL,
        alert_id uuid NOT NULL,
        news text NOT NULL CHECK (news IN ('opened', 'escalated', 'severity', 'woken')),
        alert_kind text NOT NULL,
        severity text NOT NULL CHECK (severity IN ('info', 'low', 'medium', 'high', 'critical')),
        text text NOT NULL,
        day date NOT NULL,
        at timestamptz NOT NULL,
        in_app boolean NOT NULL,
        read_at timestamptz,
        PRIMARY KEY (account_id, id)
      )`,
      `CREATE TABLE steward.notification_delivery (
        account_id uuid NOT NULL,
        id uuid NOT NULL,
        event_id uuid NOT NULL,
        alert_id uuid NOT NULL,
        channel text NOT NULL CHECK (channel IN ('email', 'webhook')),
        user_id uuid,
        webhook_id uuid,
        message jsonb NOT NULL,
        state text NOT NULL CHECK (state IN ('due', 'sending', 'sent', 'failed', 'uncertain')),
        due_at timestamptz NOT NULL,
        attempts integer NOT NULL,
        claimed_at timestamptz,
        sent_at timestamptz,
        error text,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (account_id, id),
        CHECK ((channel = 'email') = (user_id IS NOT NULL) AND (channel = 'webhook') = (webhook_id IS NOT NULL))
      )`,
    );
    await copyToEveryNode(runner, CONFIGURATION);
    await distribute(runner, OF_ACCOUNT);
    await run(
      runner,
      'CREATE INDEX notification_user_idx ON steward.notification (user_id, at) WHERE in_app',
      'CREATE INDEX notification_day_idx ON steward.notification (account_id, day, user_id)',
      `CREATE INDEX notification_delivery_due_idx ON steward.notification_delivery (due_at) WHERE state = 'due'`,
      `CREATE INDEX notification_delivery_sending_idx ON steward.notification_delivery (claimed_at)
        WHERE state = 'sending'`,
      'CREATE INDEX notification_delivery_created_idx ON steward.notification_delivery (created_at)',
      ...OF_ACCOUNT.map(
        (table) =>
          `ALTER TABLE steward.${table} ADD CONSTRAINT ${table}_account_fkey FOREIGN KEY (account_id) REFERENCES steward.account (id) ON DELETE CASCADE`,
      ),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...OF_ACCOUNT, ...CONFIGURATION]) await run(runner, `DROP TABLE steward.${table}`);
  }
}
