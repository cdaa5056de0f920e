import type { MigrationInterface, QueryRunner } from 'typeorm';
import { copyToEveryNode, run } from './support.js';

/** What admins are told of the workspace rather than of one account. */
export class CreateAdminNotice1795296600000 implements MigrationInterface {
  name = 'CreateAdminNotice1795296600000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      `CREATE TABLE steward.admin_notice (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL,
        news text NOT NULL CHECK (news IN ('ruleHeld')),
        rule_id uuid NOT NULL,
        text text NOT NULL,
        at timestamptz NOT NULL,
        read_at timestamptz
      )`,
    );
    await copyToEveryNode(runner, ['admin_notice']);
    await run(runner, 'CREATE INDEX admin_notice_user_idx ON steward.admin_notice (user_id, at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(runner, 'DROP TABLE steward.admin_notice');
  }
}
