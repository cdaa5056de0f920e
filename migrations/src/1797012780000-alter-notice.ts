import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

/** Not only admins are told what is about no account: who is to stand in for somebody is, too. */
export class AlterNotice1797012780000 implements MigrationInterface {
  name = 'AlterNotice1797012780000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      'ALTER TABLE steward.admin_notice RENAME TO notice',
      'ALTER TABLE steward.notice RENAME CONSTRAINT admin_notice_pkey TO notice_pkey',
      'ALTER INDEX steward.admin_notice_user_idx RENAME TO notice_user_idx',
      'ALTER TABLE steward.notice ALTER COLUMN rule_id DROP NOT NULL',
      'ALTER TABLE steward.notice DROP CONSTRAINT admin_notice_news_check',
      `ALTER TABLE steward.notice ADD CONSTRAINT notice_news_check CHECK (news IN ('ruleHeld', 'standIn'))`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      `DELETE FROM steward.notice WHERE news = 'standIn'`,
      'ALTER TABLE steward.notice DROP CONSTRAINT notice_news_check',
      `ALTER TABLE steward.notice ADD CONSTRAINT admin_notice_news_check CHECK (news IN ('ruleHeld'))`,
      'ALTER TABLE steward.notice ALTER COLUMN rule_id SET NOT NULL',
      'ALTER INDEX steward.notice_user_idx RENAME TO admin_notice_user_idx',
      'ALTER TABLE steward.notice RENAME CONSTRAINT notice_pkey TO admin_notice_pkey',
      'ALTER TABLE steward.notice RENAME TO admin_notice',
    );
  }
}
