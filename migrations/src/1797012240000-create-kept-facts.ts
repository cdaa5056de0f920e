import type { MigrationInterface, QueryRunner } from 'typeorm';
import { distribute, run } from './support.js';

/**
 * Facts of an account as a run loaded them, packed, for later runs to use while nothing about the account arrives. Read
 * every night and written now and then: uncompressed, and within the row as long as a page holds it.
 */
export class CreateKeptFacts1797012240000 implements MigrationInterface {
  name = 'CreateKeptFacts1797012240000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      `CREATE TABLE steward.kept_facts (
        account_id uuid PRIMARY KEY,
        first_day date NOT NULL,
        last_day date NOT NULL,
        basis bigint NOT NULL,
        facts bytea NOT NULL
      ) WITH (fillfactor = 85, toast_tuple_target = 8160)`,
      'ALTER TABLE steward.kept_facts ALTER COLUMN facts SET STORAGE EXTERNAL',
    );
    await distribute(runner, ['kept_facts']);
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(runner, 'DROP TABLE steward.kept_facts');
  }
}
