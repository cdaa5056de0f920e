import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

const TABLES = ['account_state', 'account_rebuild'];

/** States that stand already take the bands of their last 30 closed days from their snapshots. */
export class FillStateBandRing1797012420000 implements MigrationInterface {
  name = 'FillStateBandRing1797012420000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      ...TABLES.map(
        (table) => `UPDATE steward.${table} s SET band_ring = (
         SELECT string_agg(CASE h.band WHEN 'at_risk' THEN 'a' WHEN 'watch' THEN 'w' WHEN 'healthy' THEN 'h'
           WHEN 'unknown' THEN 'u' ELSE '-' END, '' ORDER BY d)
         FROM generate_series(1, 30) AS d LEFT JOIN steward.account_snapshot h ON h.account_id = s.account_id
           AND h.day = s.as_of - 31 + d AND h.day >= s.as_of - 30 AND h.day < s.as_of)`,
      ),
      ...TABLES.map((table) => `ALTER TABLE steward.${table} ALTER COLUMN band_ring DROP DEFAULT`),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      ...TABLES.map((table) => `ALTER TABLE steward.${table} ALTER COLUMN band_ring SET DEFAULT repeat('-', 30)`),
    );
  }
}
