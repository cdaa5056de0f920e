import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

const LIVE_GOALS = `WHERE status IN ('notStarted', 'inProgress', 'atRisk')`;

/** What people did with all accounts in a year is read from indexes alone: touches, open goals and renewals. */
export class CoverManagersWork1797012120000 implements MigrationInterface {
  name = 'CoverManagersWork1797012120000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      'DROP INDEX steward.touchpoint_day_idx',
      'CREATE INDEX touchpoint_day_idx ON steward.touchpoint (account_id, on_day) INCLUDE (counts)',
      'DROP INDEX steward.goal_owner_idx',
      `CREATE INDEX goal_owner_idx ON steward.goal (owner_user_id, due_day) INCLUDE (account_id) ${LIVE_GOALS}`,
      'DROP INDEX steward.renewal_due_idx',
      'CREATE INDEX renewal_due_idx ON steward.renewal (due_on) INCLUDE (account_id, outcome, amount_minor)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      'DROP INDEX steward.touchpoint_day_idx',
      'CREATE INDEX touchpoint_day_idx ON steward.touchpoint (account_id, on_day)',
      'DROP INDEX steward.goal_owner_idx',
      `CREATE INDEX goal_owner_idx ON steward.goal (owner_user_id, due_day) ${LIVE_GOALS}`,
      'DROP INDEX steward.renewal_due_idx',
      'CREATE INDEX renewal_due_idx ON steward.renewal (due_on)',
    );
  }
}
