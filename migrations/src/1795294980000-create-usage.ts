import type { MigrationInterface, QueryRunner } from 'typeorm';
import { distribute, run } from './support.js';

/**
 * The usage ledger: raw events for exactly-once counting, and beside them one row per contact (and per feature) and
 * month with a bitmap of active days. Partitioned by month; partitions are made ahead by the application.
 */
export class CreateUsage1795294980000 implements MigrationInterface {
  name = 'CreateUsage1795294980000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      `CREATE TABLE steward.event (
        account_id uuid NOT NULL,
        occurred_at timestamptz NOT NULL,
        message_id text NOT NULL,
        contact_id uuid,
        name text NOT NULL,
        feature_id integer,
        count integer NOT NULL CHECK (count > 0),
        properties jsonb,
        received_at timestamptz NOT NULL,
        PRIMARY KEY (account_id, occurred_at, message_id)
      ) PARTITION BY RANGE (occurred_at)`,
      `CREATE TABLE steward.usage_contact_month (
        account_id uuid NOT NULL,
        month date NOT NULL,
        contact_id uuid NOT NULL,
        days integer NOT NULL,
        PRIMARY KEY (account_id, month, contact_id)
      ) PARTITION BY RANGE (month)`,
      `CREATE TABLE steward.usage_feature_month (
        account_id uuid NOT NULL,
        month date NOT NULL,
        feature_id integer NOT NULL,
        days integer NOT NULL,
        PRIMARY KEY (account_id, month, feature_id)
      ) PARTITION BY RANGE (month)`,
      `CREATE TABLE steward.usage_event_month (
        account_id uuid NOT NULL,
        month date NOT NULL,
        counts integer[] NOT NULL,
        PRIMARY KEY (account_id, month)
      ) PARTITION BY RANGE (month)`,
      `CREATE TABLE steward.message_arrival (
        account_id uuid NOT NULL,
        message_id text NOT NULL,
        first_arrived_at timestamptz NOT NULL,
        PRIMARY KEY (account_id, message_id)
      )`,
    );
    await distribute(runner, [
      'event',
      'usage_contact_month',
      'usage_feature_month',
      'usage_event_month',
      'message_arrival',
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = ['message_arrival', 'usage_event_month', 'usage_feature_month', 'usage_contact_month', 'event'];
    await run(runner, ...tables.map((table) => `DROP TABLE steward.${table}`));
  }
}
