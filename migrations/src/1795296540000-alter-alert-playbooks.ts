import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

/** An alert is asked once whether it starts a playbook. */
export class AlterAlertPlaybooks1795296540000 implements MigrationInterface {
  name = 'AlterAlertPlaybooks1795296540000';

  async up(runner: QueryRunner): Promise<void> {
    await run(runner, 'ALTER TABLE steward.alert ADD COLUMN playbooks_asked_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(runner, 'ALTER TABLE steward.alert DROP COLUMN playbooks_asked_at');
  }
}
