import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

/** Orders of figures that were given up are tried again: none is given up any more. */
export class RetryReportBuilds1797012060000 implements MigrationInterface {
  name = 'RetryReportBuilds1797012060000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      `UPDATE steward.report_build SET state = 'due', due_at = now(), finished_at = NULL WHERE state = 'failed'`,
      'ALTER TABLE steward.report_build DROP CONSTRAINT report_build_state_check',
      `ALTER TABLE steward.report_build ADD CONSTRAINT report_build_state_check CHECK (state IN ('due', 'running', 'done'))`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      'ALTER TABLE steward.report_build DROP CONSTRAINT report_build_state_check',
      `ALTER TABLE steward.report_build ADD CONSTRAINT report_build_state_check CHECK (state IN ('due', 'running', 'done', 'failed'))`,
    );
  }
}
