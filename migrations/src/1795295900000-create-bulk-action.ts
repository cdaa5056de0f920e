import type { MigrationInterface, QueryRunner } from 'typeorm';
import { copyToEveryNode, distribute, run } from './support.js';

/** What people do to many accounts at once, and what became of each account. */
export class CreateBulkAction1795295900000 implements MigrationInterface {
  name = 'CreateBulkAction1795295900000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      `CREATE TABLE steward.bulk_action (
        id uuid PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('assign', 'tier', 'releaseTier', 'pulse', 'tag', 'snooze', 'undo')),
        change jsonb,
        undoes uuid,
        selection jsonb,
        by_user_id uuid NOT NULL,
        by_name text NOT NULL,
        state text NOT NULL CHECK (state IN ('queued', 'running', 'cancelling', 'done', 'cancelled', 'failed')),
        failures integer NOT NULL,
        counts jsonb,
        created_at timestamptz NOT NULL,
        heartbeat_at timestamptz,
        finished_at timestamptz,
        CONSTRAINT bulk_action_undoes_key UNIQUE (undoes)
      )`,
      `CREATE TABLE steward.bulk_action_item (
        account_id uuid NOT NULL,
        action_id uuid NOT NULL,
        state text NOT NULL CHECK (state IN ('due', 'done', 'unchanged', 'refused', 'gone')),
        code text,
        before jsonb,
        after jsonb,
        PRIMARY KEY (account_id, action_id)
      ) WITH (fillfactor = 80)`,
    );
    await copyToEveryNode(runner, ['bulk_action']);
    await distribute(runner, ['bulk_action_item']);
    await run(
      runner,
      'CREATE INDEX bulk_action_person_idx ON steward.bulk_action (by_user_id, created_at)',
      'CREATE INDEX bulk_action_item_action_idx ON steward.bulk_action_item (action_id, account_id)',
      `ALTER TABLE steward.bulk_action_item ADD CONSTRAINT bulk_action_item_account_fkey FOREIGN KEY (account_id) REFERENCES steward.account (id) ON DELETE CASCADE`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['bulk_action_item', 'bulk_action']) await run(runner, `DROP TABLE steward.${table}`);
  }
}
