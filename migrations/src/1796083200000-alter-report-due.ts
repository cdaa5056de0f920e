import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

/** An account whose figures cannot be put down is set aside for a while, so that it does not stop the others. */
export class AlterReportDue1796083200000 implements MigrationInterface {
  name = 'AlterReportDue1796083200000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      `ALTER TABLE steward.report_due ADD COLUMN due_at timestamptz, ADD COLUMN attempts integer`,
      `UPDATE steward.report_due SET due_at = marked_at, attempts = 0`,
      `ALTER TABLE steward.report_due ALTER COLUMN due_at SET NOT NULL, ALTER COLUMN attempts SET NOT NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(runner, `ALTER TABLE steward.report_due DROP COLUMN due_at, DROP COLUMN attempts`);
  }
}
