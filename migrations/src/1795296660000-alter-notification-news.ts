import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

const OF_ALERTS = `'opened', 'assigned', 'escalated', 'severity', 'woken'`;
const OF_DESK = `'mention', 'handOver', 'taskAssigned', 'taskDue', 'goalEnded', 'followedTouch', 'followedBand', 'followedAlert', 'followedHandOver'`;

/** People are told of more than alerts: of what others did with accounts, of tasks and goals. */
export class AlterNotificationNews1795296660000 implements MigrationInterface {
  name = 'AlterNotificationNews1795296660000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      'ALTER TABLE steward.notification DROP CONSTRAINT notification_news_check',
      `ALTER TABLE steward.notification ADD CONSTRAINT notification_news_check CHECK (news IN (${OF_ALERTS}, ${OF_DESK}))`,
      'ALTER TABLE steward.notification ALTER COLUMN alert_id DROP NOT NULL',
      'ALTER TABLE steward.notification ALTER COLUMN alert_kind DROP NOT NULL',
      'ALTER TABLE steward.notification_delivery ALTER COLUMN alert_id DROP NOT NULL',
      'ALTER TABLE steward.notification_preference ADD COLUMN desk jsonb',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      'ALTER TABLE steward.notification_preference DROP COLUMN desk',
      `DELETE FROM steward.notification_delivery WHERE message ->> 'news' IN (${OF_DESK})`,
      `DELETE FROM steward.notification WHERE news IN (${OF_DESK})`,
      'ALTER TABLE steward.notification_delivery ALTER COLUMN alert_id SET NOT NULL',
      'ALTER TABLE steward.notification ALTER COLUMN alert_kind SET NOT NULL',
      'ALTER TABLE steward.notification ALTER COLUMN alert_id SET NOT NULL',
      'ALTER TABLE steward.notification DROP CONSTRAINT notification_news_check',
      `ALTER TABLE steward.notification ADD CONSTRAINT notification_news_check CHECK (news IN (${OF_ALERTS}))`,
    );
  }
}
