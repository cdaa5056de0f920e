import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

/** After the sample company has come, its past alerts and memberships are made. */
export class AlterSampleTask1795296570000 implements MigrationInterface {
  name = 'AlterSampleTask1795296570000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      'ALTER TABLE steward.sample_task DROP CONSTRAINT sample_task_kind_check',
      `ALTER TABLE steward.sample_task ADD CONSTRAINT sample_task_kind_check
        CHECK (kind IN ('load', 'remove', 'history'))`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      `DELETE FROM steward.sample_task WHERE kind = 'history'`,
      'ALTER TABLE steward.sample_task DROP CONSTRAINT sample_task_kind_check',
      `ALTER TABLE steward.sample_task ADD CONSTRAINT sample_task_kind_check CHECK (kind IN ('load', 'remove'))`,
    );
  }
}
