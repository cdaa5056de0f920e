import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

/** Lists by name are read in order instead of sorting all accounts. */
export class AlterAccountNameIndex1797012480000 implements MigrationInterface {
  name = 'AlterAccountNameIndex1797012480000';

  async up(runner: QueryRunner): Promise<void> {
    await run(runner, 'CREATE INDEX account_name_idx ON steward.account (lower(name), id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(runner, 'DROP INDEX steward.account_name_idx');
  }
}
