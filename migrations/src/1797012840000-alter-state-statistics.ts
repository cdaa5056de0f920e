import type { MigrationInterface, QueryRunner } from 'typeorm';
import { onCitus, run } from './support.js';

const LISTS_OF_DAY = ['signals', 'null_reasons', 'caps'];
const LISTS_OF_STATE = [
  ...LISTS_OF_DAY,
  'closed_signals',
  'closed_caps',
  'last_scored_signals',
  'last_scored_caps',
  'score_ring',
  'model_change_ring',
  'raw_tier_ring',
];

/**
 * Lists and documents that no condition asks as a whole. Which values their elements have takes most of the time in which
 * PostgreSQL looks over the tables that each day writes anew, and tells its planner no more than how wide they are.
 * Citus takes no such setting for tables that it spreads.
 */
const UNASKED: Record<string, readonly string[]> = {
  account_state: LISTS_OF_STATE,
  account_rebuild: LISTS_OF_STATE,
  account_snapshot: LISTS_OF_DAY,
  alert: ['evidence'],
};

const setTo = (target: number) =>
  Object.entries(UNASKED).map(
    ([table, columns]) =>
      `ALTER TABLE steward.${table} ${columns.map((column) => `ALTER COLUMN ${column} SET STATISTICS ${target}`).join(', ')}`,
  );

export class AlterStateStatistics1797012840000 implements MigrationInterface {
  name = 'AlterStateStatistics1797012840000';

  async up(runner: QueryRunner): Promise<void> {
    if (await onCitus(runner)) return;
    await run(runner, ...setTo(0));
  }

  async down(runner: QueryRunner): Promise<void> {
    if (await onCitus(runner)) return;
    await run(runner, ...setTo(-1));
  }
}
