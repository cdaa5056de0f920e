import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

const startedIn = (starts: string) =>
  `ALTER TABLE steward.alert DROP CONSTRAINT alert_started_check,
     ADD CONSTRAINT alert_started_check CHECK (started IN (${starts}))`;

/** Alerts of a company that is made up, which its people saw come and answered. */
export class AlterAlertStarted1796083260000 implements MigrationInterface {
  name = 'AlterAlertStarted1796083260000';

  async up(runner: QueryRunner): Promise<void> {
    await run(runner, startedIn(`'change', 'start', 'hand', 'replay', 'lived'`));
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      `UPDATE steward.alert SET started = 'replay' WHERE started = 'lived'`,
      startedIn(`'change', 'start', 'hand', 'replay'`),
    );
  }
}
