import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

/** A view that was deleted can be brought back as the one that it was, with its address and its reports by mail. */
export class AlterSavedView1797012660000 implements MigrationInterface {
  name = 'AlterSavedView1797012660000';

  async up(runner: QueryRunner): Promise<void> {
    await run(runner, 'ALTER TABLE steward.saved_view ADD COLUMN deleted_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      'DELETE FROM steward.saved_view WHERE deleted_at IS NOT NULL',
      'ALTER TABLE steward.saved_view DROP COLUMN deleted_at',
    );
  }
}
