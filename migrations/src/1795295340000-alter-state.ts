import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

/**
 * The last scored day of an account whose close of the day before has no score: a new profile version is compared with
 * it when a score comes back. Null otherwise; then the close itself is that day.
 */
const TABLES = ['account_state', 'account_rebuild'];

export class AlterState1795295340000 implements MigrationInterface {
  name = 'AlterState1795295340000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      ...TABLES.map(
        (table) => `ALTER TABLE steward.${table} ADD COLUMN last_scored_version_id integer,
          ADD COLUMN last_scored_signals real[], ADD COLUMN last_scored_caps smallint[]`,
      ),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      ...TABLES.map(
        (table) => `ALTER TABLE steward.${table} DROP COLUMN last_scored_version_id,
          DROP COLUMN last_scored_signals, DROP COLUMN last_scored_caps`,
      ),
    );
  }
}
