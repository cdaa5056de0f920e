import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

/** That an alert was assigned to somebody is news to them. */
export class AlterNotification1795296060000 implements MigrationInterface {
  name = 'AlterNotification1795296060000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      'ALTER TABLE steward.notification DROP CONSTRAINT notification_news_check',
      `ALTER TABLE steward.notification ADD CONSTRAINT notification_news_check
        CHECK (news IN ('opened', 'assigned', 'escalated', 'severity', 'woken'))`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      `DELETE FROM steward.notification WHERE news = 'assigned'`,
      'ALTER TABLE steward.notification DROP CONSTRAINT notification_news_check',
      `ALTER TABLE steward.notification ADD CONSTRAINT notification_news_check
        CHECK (news IN ('opened', 'escalated', 'severity', 'woken'))`,
    );
  }
}
