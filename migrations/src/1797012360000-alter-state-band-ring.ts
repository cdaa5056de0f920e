import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

const RING_DAYS = 30;

/**
 * The bands of the 30 closed days before the row's day, a letter a day, oldest first: a rule about moves of the band then
 * needs no snapshots. States that stand already take theirs from their snapshots.
 */
export class AlterStateBandRing1797012360000 implements MigrationInterface {
  name = 'AlterStateBandRing1797012360000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      ...['account_state', 'account_rebuild'].map(
        (table) => `ALTER TABLE steward.${table} ADD COLUMN band_ring text NOT NULL DEFAULT repeat('-', ${RING_DAYS})`,
      ),
      `UPDATE steward.account_state s SET band_ring = (
         SELECT string_agg(CASE h.band WHEN 'at_risk' THEN 'a' WHEN 'watch' THEN 'w' WHEN 'healthy' THEN 'h'
           WHEN 'unknown' THEN 'u' ELSE '-' END, '' ORDER BY d)
         FROM generate_series(1, ${RING_DAYS}) AS d
           LEFT JOIN steward.account_snapshot h ON h.account_id = s.account_id
             AND h.day = s.as_of - ${RING_DAYS + 1} + d)
       WHERE EXISTS (SELECT 1 FROM steward.account_snapshot h WHERE h.account_id = s.account_id
         AND h.day < s.as_of AND h.day >= s.as_of - ${RING_DAYS})`,
      ...['account_state', 'account_rebuild'].map(
        (table) => `ALTER TABLE steward.${table} ALTER COLUMN band_ring DROP DEFAULT`,
      ),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      ...['account_state', 'account_rebuild'].map((table) => `ALTER TABLE steward.${table} DROP COLUMN band_ring`),
    );
  }
}
