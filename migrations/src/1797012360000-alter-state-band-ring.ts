import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

/**
 * The bands of the 30 closed days before the row's day, a letter a day, oldest first: a rule about moves of the band then
 * needs no snapshots. Rows that stand already are filled by the next migration, which lets others read meanwhile.
 */
export class AlterStateBandRing1797012360000 implements MigrationInterface {
  name = 'AlterStateBandRing1797012360000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      `ALTER TABLE steward.account_state ADD COLUMN band_ring text NOT NULL DEFAULT repeat('-', 30)`,
      `ALTER TABLE steward.account_rebuild ADD COLUMN band_ring text NOT NULL DEFAULT repeat('-', 30)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      'ALTER TABLE steward.account_state DROP COLUMN band_ring',
      'ALTER TABLE steward.account_rebuild DROP COLUMN band_ring',
    );
  }
}
