import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

/**
 * The day on which a change of status overrode a lock. Kept apart from the day that a person set: the pipeline takes it
 * back when the change of status turns out to be wrong.
 */
export class AlterStageLock1795295580000 implements MigrationInterface {
  name = 'AlterStageLock1795295580000';

  async up(runner: QueryRunner): Promise<void> {
    await run(runner, 'ALTER TABLE steward.stage_lock ADD COLUMN overridden_on date');
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(runner, 'ALTER TABLE steward.stage_lock DROP COLUMN overridden_on');
  }
}
