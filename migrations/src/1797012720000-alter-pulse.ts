import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

/** A pulse keeps the one of the same day whose place it took, so that it can be taken back. */
export class AlterPulse1797012720000 implements MigrationInterface {
  name = 'AlterPulse1797012720000';

  async up(runner: QueryRunner): Promise<void> {
    await run(runner, 'ALTER TABLE steward.pulse ADD COLUMN replaced jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(runner, 'ALTER TABLE steward.pulse DROP COLUMN replaced');
  }
}
