import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

/** The e-mail domains by which contacts were last told from the workspace's own people. */
export class AlterWorkspace1795295160000 implements MigrationInterface {
  name = 'AlterWorkspace1795295160000';

  async up(runner: QueryRunner): Promise<void> {
    await run(runner, 'ALTER TABLE steward.workspace ADD COLUMN checked_email_domains text[]');
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(runner, 'ALTER TABLE steward.workspace DROP COLUMN checked_email_domains');
  }
}
