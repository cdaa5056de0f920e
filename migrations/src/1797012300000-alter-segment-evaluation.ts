import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

/** Through which day the members among an account's contacts stay, so that they are not held against the rules until then. */
export class AlterSegmentEvaluation1797012300000 implements MigrationInterface {
  name = 'AlterSegmentEvaluation1797012300000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      `ALTER TABLE steward.segment_evaluation ADD COLUMN contacts_basis bigint, ADD COLUMN contacts_from date,
         ADD COLUMN contacts_through date`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      `ALTER TABLE steward.segment_evaluation DROP COLUMN contacts_basis, DROP COLUMN contacts_from,
         DROP COLUMN contacts_through`,
    );
  }
}
