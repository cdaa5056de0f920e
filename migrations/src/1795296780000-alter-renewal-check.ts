import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

/** Renewals are told anew only for accounts of which something that they rest on was delivered. */
export class AlterRenewalCheck1795296780000 implements MigrationInterface {
  name = 'AlterRenewalCheck1795296780000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      // All are looked at again.
      'DELETE FROM steward.renewal_check',
      'ALTER TABLE steward.renewal_check ADD COLUMN checked_at timestamptz NOT NULL, ADD COLUMN basis integer NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(runner, 'ALTER TABLE steward.renewal_check DROP COLUMN checked_at, DROP COLUMN basis');
  }
}
