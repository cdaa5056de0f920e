import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

const GATHERED = `news = 'taskDue' OR (news = 'taskAssigned' AND text ~ '^[0-9]+ tasks for you on [0-9]+ accounts')`;
const GATHERED_MAIL = `state = 'due' AND (message->>'news' = 'taskDue' OR (message->>'news' = 'taskAssigned'
  AND message->>'text' ~ '^[0-9]+ tasks for you on [0-9]+ accounts'))`;

/**
 * Tasks on several accounts that are told in one are kept task by task, to be told without accounts that the person may no
 * longer see. Those that were told before name their accounts in the text alone, and go.
 */
export class AlterNotificationTasks1797012540000 implements MigrationInterface {
  name = 'AlterNotificationTasks1797012540000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      'ALTER TABLE steward.notification ADD COLUMN tasks jsonb',
      `DELETE FROM steward.notification WHERE ${GATHERED}`,
      `DELETE FROM steward.notification_delivery WHERE ${GATHERED_MAIL}`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(runner, 'ALTER TABLE steward.notification DROP COLUMN tasks');
  }
}
