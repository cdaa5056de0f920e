import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

/** Attempts to sign in are found by their age, to be forgotten. */
export class AlterSignInAttempt1795295640000 implements MigrationInterface {
  name = 'AlterSignInAttempt1795295640000';

  async up(runner: QueryRunner): Promise<void> {
    await run(runner, 'CREATE INDEX sign_in_attempt_window_idx ON steward.sign_in_attempt (window_started_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(runner, 'DROP INDEX steward.sign_in_attempt_window_idx');
  }
}
